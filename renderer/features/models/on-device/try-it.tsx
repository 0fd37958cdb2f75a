import { ArrowUp, ArrowUpRight, Square } from 'lucide-react'
import { type FormEvent, useEffect, useRef, useState } from 'react'
import type { LocalModel } from '../../../../core/contract/local-models.ts'
import { navigate } from '../../../client/route.ts'
import { answerFacts } from '../../../components/answer/answer-facts.ts'
import { Button, IconButton } from '../../../components/button.tsx'
import { CopyButton } from '../../../components/copy-button.tsx'
import { Markdown } from '../../../components/markdown/markdown.tsx'
import { Notice } from '../../../components/notice.tsx'
import { addressOf } from './model-actions.ts'
import { useTrial } from './use-trial.ts'

/** A place to ask the model something, beside its settings. */
export function TryIt({ model }: { model: LocalModel }) {
  return (
    <section aria-label="Try it" className="rounded-lg border border-line bg-surface-1">
      <h2 className="px-4 pt-3 font-semibold">Try it</h2>
      {model.kind === 'chat' ? <TryChat model={model} /> : <TryByProgram model={model} />}
    </section>
  )
}

function TryChat({ model }: { model: LocalModel }) {
  const [text, setText] = useState('')
  const { answer, problem, starting, ask, stop, keep } = useTrial(addressOf(model.id), `Trying ${model.name}`)
  const running = starting || answer?.status === 'streaming'
  const box = useRef<HTMLElement>(null)
  const length = answer?.text.length ?? 0
  useEffect(() => {
    // the newest words stay in sight while they come, unless one reads further up
    const view = box.current
    if (view && length > 0 && view.scrollHeight - view.scrollTop - view.clientHeight < 120)
      view.scrollTop = view.scrollHeight
  }, [length])
  const submit = (event?: FormEvent): void => {
    event?.preventDefault()
    if (text.trim() !== '' && !running) void ask(text.trim())
  }
  return (
    <div className="flex flex-col gap-3 p-4 pt-2.5">
      <form onSubmit={submit} className="relative">
        <textarea
          aria-label="Question to try"
          rows={3}
          placeholder={`Ask ${model.name} something`}
          value={text}
          onChange={(event) => setText(event.target.value)}
          onKeyDown={(event) => {
            if (event.key === 'Enter' && !event.shiftKey && !event.nativeEvent.isComposing) {
              event.preventDefault()
              submit()
            }
          }}
          className="field-sizing-content block max-h-48 min-h-20 w-full resize-none rounded-md border border-line-strong bg-surface-2 py-2 pr-10 pl-3 text-s"
        />
        {running ? (
          <IconButton label="Stop" onClick={stop} className="absolute right-1.5 bottom-1.5 bg-press">
            <Square />
          </IconButton>
        ) : (
          <IconButton
            label="Ask"
            type="submit"
            disabled={text.trim() === ''}
            className="absolute right-1.5 bottom-1.5"
          >
            <ArrowUp />
          </IconButton>
        )}
      </form>
      {problem && <Notice tone="bad">{problem}</Notice>}
      {answer ? (
        <article
          ref={box}
          aria-label="Answer"
          aria-busy={running}
          className="max-h-[50vh] overflow-y-auto text-s"
        >
          {answer.text === '' && running && (
            <p className="pulse text-text-3">
              {model.state === 'loaded' ? 'Reading the question' : 'Loading the model'}
            </p>
          )}
          <Markdown text={answer.text} live={running} compact />
          {answer.status === 'stopped' && <p className="text-text-3">You stopped this answer.</p>}
          {answer.status === 'failed' && <Notice tone="bad">{answer.error ?? 'This answer failed.'}</Notice>}
        </article>
      ) : (
        !problem && (
          <p className="text-xs text-text-3">
            {starting ? 'Asking' : 'It is not kept in your chats, unless you go on there.'}
          </p>
        )
      )}
      {answer?.info && !running && (
        <footer className="flex items-center gap-2 border-t border-line pt-2 text-xs text-text-3">
          <span className="min-w-0 flex-1">
            {answerFacts(answer.info)
              .map((fact) => fact.text)
              .join(' · ')}
          </span>
          <Button look="quiet" icon={<ArrowUpRight />} onClick={() => navigate('chat', keep())}>
            Go on in Chat
          </Button>
        </footer>
      )}
    </div>
  )
}

/** Models that do not chat are asked by programs. */
function TryByProgram({ model }: { model: LocalModel }) {
  const embeds = model.kind === 'embedding'
  return (
    <div className="p-4 pt-1.5 text-s text-text-2">
      <p>
        {embeds
          ? 'It turns texts into numbers that can be compared, for search. Programs ask it at /v1/embeddings, by the name'
          : 'It puts texts in the order in which they answer a question. Programs ask it at /v1/rerank, by the name'}
      </p>
      <p className="mt-2 flex items-center gap-1 font-mono text-xs text-text-1">
        <span className="[overflow-wrap:anywhere] select-text">{addressOf(model.id)}</span>
        <CopyButton text={addressOf(model.id)} />
      </p>
    </div>
  )
}
