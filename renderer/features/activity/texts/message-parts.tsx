import { Brain, CornerDownRight, Paperclip, Wrench } from 'lucide-react'
import { type ReactNode, useState } from 'react'
import { Button } from '../../../components/button.tsx'
import { formatCount } from '../../../components/format/tokens.ts'
import { Markdown } from '../../../components/markdown/markdown.tsx'
import { prettyJson } from './pretty-json.ts'
import type { ReadPart } from './prompt-parts.ts'

/** Of a longer text the beginning is shown, until the person wants all of it. */
const SHOWN_CHARS = 4000

interface MessagePartsProps {
  parts: readonly ReadPart[]
  /** Draw text as markdown: what a model wrote. What it was told is shown as it was sent. */
  markdown?: boolean
}

/** What a message holds, to be read: text, thoughts, calls of tools, named pictures. */
export function MessageParts({ parts, markdown = false }: MessagePartsProps) {
  return (
    <div className="flex min-w-0 flex-col gap-2">
      {parts.map((part, index) => (
        // biome-ignore lint/suspicious/noArrayIndexKey: a recorded message never changes
        <Part key={index} part={part} markdown={markdown} />
      ))}
    </div>
  )
}

function Part({ part, markdown }: { part: ReadPart; markdown: boolean }) {
  switch (part.type) {
    case 'text':
      return <Text text={part.text} markdown={markdown} />
    case 'thought':
      return (
        <Aside icon={<Brain />} title="Thought">
          {part.text === '' ? 'Its vendor shows nothing of it.' : <Text text={part.text} markdown={false} />}
        </Aside>
      )
    case 'call':
      return (
        <Aside icon={<Wrench />} title={`Calls ${part.name}`}>
          <Code text={prettyJson(part.arguments)} />
        </Aside>
      )
    case 'result':
      return (
        <Aside
          icon={<CornerDownRight />}
          title={`${part.failed ? 'Failure' : 'Result'}${part.name ? ` of ${part.name}` : ''}`}
        >
          <Code text={prettyJson(part.text)} />
        </Aside>
      )
    case 'media':
      return <Named>{part.words}</Named>
    case 'other':
      return <Named>{part.kind}</Named>
  }
}

function Text({ text, markdown }: { text: string; markdown: boolean }) {
  const [whole, setWhole] = useState(false)
  const isCut = !whole && text.length > SHOWN_CHARS
  const shown = isCut ? text.slice(0, SHOWN_CHARS).toWellFormed() : text
  return (
    <div className="min-w-0">
      {markdown ? (
        <Markdown text={shown} compact />
      ) : (
        <p className="text-s whitespace-pre-wrap [overflow-wrap:anywhere]">{shown}</p>
      )}
      {isCut && (
        <Button look="quiet" className="-ml-2 h-7 px-2 text-xs" onClick={() => setWhole(true)}>
          Show all {formatCount(text.length)} characters
        </Button>
      )}
    </div>
  )
}

function Code({ text }: { text: string }) {
  return (
    <pre className="max-h-60 overflow-y-auto font-mono text-xs whitespace-pre-wrap [overflow-wrap:anywhere] text-text-2">
      {text}
    </pre>
  )
}

function Aside({ icon, title, children }: { icon: ReactNode; title: string; children: ReactNode }) {
  return (
    <div className="border-l-2 border-line-strong pl-3 text-s text-text-2">
      <div className="flex items-center gap-1.5 pb-1 text-xs font-medium text-text-3 [&>svg]:size-3.5">
        {icon}
        {title}
      </div>
      {children}
    </div>
  )
}

function Named({ children }: { children: string }) {
  return (
    <p className="inline-flex items-center gap-1.5 text-xs [overflow-wrap:anywhere] text-text-2 [&>svg]:size-3.5 [&>svg]:shrink-0">
      <Paperclip aria-hidden />
      {children}
    </p>
  )
}
