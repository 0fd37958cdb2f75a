import { ArrowUp, Square } from 'lucide-react'
import { type ReactNode, useEffect, useRef, useState } from 'react'
import { classNames } from '../../components/class-names.ts'
import { Notice } from '../../components/notice.tsx'
import { keepDraft, readDraft } from './drafts.ts'
import { scopeToken, withoutToken } from './scopes/scope-token.ts'
import { SuggestionList } from './scopes/suggestion-list.tsx'
import { useCompletion } from './scopes/use-completion.ts'

interface ComposerProps {
  /** null: a chat that does not exist yet. */
  chatId: string | null
  /** Why nothing can be sent now, and what to do about it; null when all is well. */
  blocked: ReactNode
  /** What went wrong with the last try. */
  problem: string | null
  running: boolean
  /** Resolves with true when the question was taken. */
  onSend: (text: string) => Promise<boolean>
  onStop: () => void
  /** A place to look things up in was chosen after an `@`. */
  onScope: (scope: string) => void
  /** At the foot of the box. */
  children?: ReactNode
}

export function Composer(props: ComposerProps) {
  const { chatId, blocked, problem, running, onSend, onStop, onScope, children } = props
  const [text, setText] = useState(() => readDraft(chatId))
  const [shownFor, setShownFor] = useState(chatId)
  const [caret, setCaret] = useState(0)
  const [sending, setSending] = useState(false)
  const field = useRef<HTMLTextAreaElement>(null)
  const id = useRef(chatId)
  id.current = chatId

  if (shownFor !== chatId) {
    setShownFor(chatId)
    setText(readDraft(chatId))
  }
  // biome-ignore lint/correctness/useExhaustiveDependencies: another chat is the reason to run
  useEffect(() => {
    // somebody typing elsewhere, a search or a new title, keeps their place
    if (!(document.activeElement instanceof HTMLInputElement)) field.current?.focus()
  }, [chatId])

  const change = (next: string): void => {
    setText(next)
    keepDraft(id.current, next)
  }
  const token = scopeToken(text, caret)
  const completion = useCompletion({
    typed: token?.typed ?? null,
    onPick: (scope) => {
      if (token) change(withoutToken(text, token))
      onScope(scope)
    }
  })
  const canSend = text.trim() !== '' && blocked === null && !running && !sending
  const send = async (): Promise<void> => {
    if (!canSend) return
    setSending(true)
    keepDraft(chatId, '')
    setText('')
    const taken = await onSend(text)
    setSending(false)
    if (!taken) change(text)
  }

  return (
    <div className="shrink-0 px-6 pb-5">
      <div className="mx-auto max-w-(--reading)">
        {(blocked ?? problem) && (
          <div className="pb-2">{blocked ?? <Notice tone="bad">{problem}</Notice>}</div>
        )}
        {completion.open && (
          <div className="pb-2">
            <SuggestionList {...completion.list} />
          </div>
        )}
        <div className="rounded-lg border border-line-strong bg-surface-2 pt-3 pr-2 pb-2 pl-4 focus-within:border-text-3">
          <textarea
            ref={field}
            aria-label="Message"
            rows={1}
            placeholder="Ask anything"
            value={text}
            onChange={(event) => change(event.target.value)}
            onSelect={(event) => setCaret(event.currentTarget.selectionEnd)}
            {...completion.fieldProps}
            onKeyDown={(event) => {
              if (completion.takeKey(event)) return
              if (event.key !== 'Enter' || event.shiftKey || event.nativeEvent.isComposing) return
              event.preventDefault()
              void send()
            }}
            className="field-sizing-content block max-h-[38vh] min-h-6 w-full resize-none bg-transparent pr-2 text-[15px] leading-6 outline-none"
          />
          <div className="mt-1.5 flex h-8 items-center gap-2">
            <div className="flex min-w-0 flex-1 items-center gap-2 text-xs text-text-3">{children}</div>
            {running ? (
              <RoundButton label="Stop" keys="Esc" onClick={onStop} className="bg-text-1 text-surface-0">
                <Square className="size-3 fill-current" />
              </RoundButton>
            ) : (
              <RoundButton
                label="Send"
                keys="Enter"
                disabled={!canSend}
                onClick={() => void send()}
                className="bg-accent text-on-accent hover:bg-accent-hover"
              >
                <ArrowUp className="size-4" />
              </RoundButton>
            )}
          </div>
        </div>
      </div>
    </div>
  )
}

interface RoundButtonProps {
  label: string
  keys: string
  disabled?: boolean
  onClick: () => void
  className: string
  children: ReactNode
}

function RoundButton({ label, keys, disabled = false, onClick, className, children }: RoundButtonProps) {
  return (
    <button
      type="button"
      aria-label={label}
      title={`${label} (${keys})`}
      disabled={disabled}
      onClick={onClick}
      className={classNames(
        'grid size-[30px] place-items-center rounded-full transition-opacity duration-100 disabled:opacity-35',
        className
      )}
    >
      {children}
    </button>
  )
}
