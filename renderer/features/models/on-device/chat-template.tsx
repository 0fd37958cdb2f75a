import { ChevronRight } from 'lucide-react'
import { useEffect, useState } from 'react'
import type { LocalModel } from '../../../../core/contract/local-models.ts'
import { errorText } from '../../../client/app-request-error.ts'
import { daemon } from '../../../client/daemon.ts'
import { CopyButton } from '../../../components/copy-button.tsx'
import { Notice } from '../../../components/notice.tsx'
import { Section } from '../../../components/screen-layout.tsx'

/** The text that turns a conversation into what the model reads, as the file holds it; a program of the model's makers. */
export function ChatTemplate({ model }: { model: LocalModel }) {
  const [open, setOpen] = useState(false)
  const hash = model.chatTemplateHash
  if (!model.hasChatTemplate) {
    return (
      <Section
        title="Chat template"
        lead="This file brings none, so a plain one is used: answers may ramble."
      >
        {null}
      </Section>
    )
  }
  return (
    <Section
      title="Chat template"
      lead="How a conversation becomes the text that the model reads. It comes with the file and runs in a sandbox."
    >
      <div className="rounded-md border border-line">
        <div className="flex h-10 items-center gap-1 pr-2 pl-1">
          <button
            type="button"
            aria-expanded={open}
            onClick={() => setOpen(!open)}
            className="flex h-8 items-center gap-1.5 rounded-sm px-2 text-s hover:bg-hover"
          >
            <ChevronRight className={open ? 'size-4 rotate-90 text-text-3' : 'size-4 text-text-3'} />
            {open ? 'Hide it' : 'Show it'}
          </button>
          <span className="flex-1" />
          {hash && (
            <>
              <span className="truncate text-xs text-text-3" title={hash}>
                SHA-256 <span className="font-mono">{hash.slice(0, 12)}</span>
              </span>
              <CopyButton text={hash} label="Copy the template's SHA-256" />
            </>
          )}
        </div>
        {open && <TemplateText id={model.id} />}
      </div>
    </Section>
  )
}

function TemplateText({ id }: { id: string }) {
  const [text, setText] = useState<string | null>(null)
  const [error, setError] = useState<string | null>(null)
  useEffect(() => {
    let left = false
    daemon.invoke('GET /app/local-models/:id', { params: { id } }).then(
      ({ chatTemplate }) => !left && setText(chatTemplate ?? ''),
      (thrown: unknown) => !left && setError(errorText(thrown))
    )
    return () => {
      left = true
    }
  }, [id])
  if (error) return <Notice tone="bad">{error}</Notice>
  return (
    <section
      // biome-ignore lint/a11y/noNoninteractiveTabindex: a text that scrolls must be reached by keyboard
      tabIndex={0}
      aria-label="Text of the chat template"
      aria-busy={text === null}
      className="max-h-80 min-h-24 overflow-auto border-t border-line bg-sunk px-3 py-2.5"
    >
      <pre className="w-max font-mono text-xs select-text">{text}</pre>
    </section>
  )
}
