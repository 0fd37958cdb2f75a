import { ArrowUpRight, ClipboardPaste, Square } from 'lucide-react'
import { useEffect, useRef, useState } from 'react'
import { attempt, errorText } from '../../client/app-request-error.ts'
import { createChat, startTurn, stopAnswer, useOpenChats } from '../../client/chats/open-chats.ts'
import { useConnection } from '../../client/daemon.ts'
import { pickChoice, shortModelName } from '../../client/model-options.ts'
import { useResource } from '../../client/resource.ts'
import { settings } from '../../client/resources.ts'
import { useChoices } from '../../client/use-choices.ts'
import { answerFacts } from '../../components/answer/answer-facts.ts'
import { Button } from '../../components/button.tsx'
import { CopyButton } from '../../components/copy-button.tsx'
import { Logo } from '../../components/logo.tsx'
import { Markdown } from '../../components/markdown/markdown.tsx'
import { ModelPicker } from '../../components/model-picker.tsx'
import { Notice } from '../../components/notice.tsx'
import { bridge } from '../../components/system/bridge.ts'
import { readClipboard } from '../../components/system/clipboard.ts'

interface Asked {
  chatId: string
  answerId: string
}

/** Asks from anywhere: one line, the answer below it. The last answer stays until the next question. */
export function QuickPrompt() {
  const field = useRef<HTMLTextAreaElement>(null)
  const [text, setText] = useState('')
  const [asked, setAsked] = useState<Asked | null>(null)
  const [problem, setProblem] = useState<string | null>(null)
  const [chosen, setChosen] = useState<string | null>(null)
  const connection = useConnection()
  const offered = useChoices()
  const choices = offered ?? []
  const kept = useResource(settings).data
  // while it loads, nothing is known of what the person would be asking
  const model = offered && kept ? pickChoice(offered, chosen, kept.defaultModel) : null
  const loading = offered === null || kept === null
  const [askOnceLoaded, setAskOnceLoaded] = useState(false)
  const answer = useOpenChats(({ chats }) =>
    asked ? chats[asked.chatId]?.messages[asked.answerId] : undefined
  )
  const running = answer?.status === 'streaming'

  useEffect(() => {
    field.current?.focus()
    return bridge?.on('quick:shown', () => {
      field.current?.focus()
      field.current?.select()
    })
  }, [])

  const ask = async (): Promise<void> => {
    if (text.trim() === '' || running) return
    setProblem(null)
    setAskOnceLoaded(loading)
    if (loading) return
    if (model === null) {
      setProblem('There is no model to ask yet. Connect one under Models in Homeport.')
      return
    }
    try {
      const chat = await createChat(model)
      const answerId = await startTurn(chat.id, { parentId: null, text, model, feature: 'quick-prompt' })
      setAsked({ chatId: chat.id, answerId })
    } catch (thrown) {
      setProblem(errorText(thrown))
    }
  }
  useEffect(() => {
    if (askOnceLoaded && !loading) void ask()
  })
  const stop = (): void => {
    if (asked) void attempt(() => stopAnswer(asked.chatId, asked.answerId)).then(setProblem)
  }
  const hide = (): void => void bridge?.invoke('window:hide-quick')
  const paste = (): void => {
    void attempt(async () => {
      const clip = await readClipboard()
      setText((before) => (before === '' ? clip : `${before}\n\n${clip}`))
      field.current?.focus()
    }).then((failed) => failed && setProblem('The clipboard could not be read.'))
  }

  return (
    <main
      aria-label="Quick prompt"
      className="flex h-full flex-col bg-surface-2"
      onKeyDown={(event) => {
        // the answer goes on without the window
        if (event.key === 'Escape' && !event.defaultPrevented) hide()
      }}
    >
      <div className="flex shrink-0 items-start gap-3 px-4 pt-3.5 pb-2 [-webkit-app-region:drag]">
        <Logo className="mt-0.5 size-6 shrink-0" />
        <textarea
          ref={field}
          aria-label="Question"
          rows={1}
          placeholder="Ask anything"
          value={text}
          onChange={(event) => setText(event.target.value)}
          onKeyDown={(event) => {
            if (event.key !== 'Enter' || event.shiftKey || event.nativeEvent.isComposing) return
            event.preventDefault()
            void ask()
          }}
          className="field-sizing-content max-h-32 min-w-0 flex-1 resize-none bg-transparent text-[17px] leading-7 outline-none [-webkit-app-region:no-drag]"
        />
      </div>
      <div className="min-h-0 flex-1 overflow-y-auto px-4">
        {problem && <Notice tone="bad">{problem}</Notice>}
        {connection.state === 'lost' && !problem && (
          <Notice tone="warn">Homeport's daemon is not answering.</Notice>
        )}
        {askOnceLoaded && <p className="pulse border-t border-line pt-3 text-text-3">Waiting for Homeport</p>}
        {!answer && !problem && !askOnceLoaded && (
          <p className="border-t border-line pt-3 text-s text-text-3">
            Enter asks, Shift Enter starts a new line, Esc hides this window.
          </p>
        )}
        {answer && (
          <article aria-busy={running} aria-label="Answer" className="border-t border-line pt-3 pb-4">
            {answer.text === '' && running && (
              <p className="pulse text-text-3">Waiting for the first words</p>
            )}
            <Markdown text={answer.text} live={running} compact />
            {answer.status === 'failed' && (
              <Notice tone="bad">{answer.error ?? 'This answer failed.'}</Notice>
            )}
            {answer.status === 'stopped' && (
              <p className="mt-2 text-s text-text-3">You stopped this answer.</p>
            )}
          </article>
        )}
      </div>
      <footer className="flex h-11 shrink-0 items-center gap-2 border-t border-line bg-surface-1 px-2.5 text-xs text-text-3">
        {answer?.info && !running ? (
          <span className="truncate pl-1.5">
            {[shortModelName(answer.info.model), ...answerFacts(answer.info).map((fact) => fact.text)].join(
              ' · '
            )}
          </span>
        ) : (
          <ModelPicker groups={choices} value={model} onChange={setChosen} />
        )}
        <span className="flex-1" />
        {running ? (
          <Button look="quiet" icon={<Square />} onClick={stop}>
            Stop
          </Button>
        ) : answer && asked ? (
          <>
            <CopyButton text={answer.text} label="Copy answer" />
            <Button
              look="quiet"
              icon={<ArrowUpRight />}
              onClick={() => {
                void bridge?.invoke('window:open-chat', asked.chatId)
                hide()
              }}
            >
              Continue in Homeport
            </Button>
          </>
        ) : (
          <Button look="quiet" icon={<ClipboardPaste />} onClick={paste}>
            Use clipboard
          </Button>
        )}
      </footer>
    </main>
  )
}
