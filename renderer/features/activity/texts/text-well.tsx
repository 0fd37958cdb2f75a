import { type ReactNode, useMemo } from 'react'
import { CopyButton } from '../../../components/copy-button.tsx'
import { pieces } from './long-text.ts'

interface WellProps {
  /** What is copied. */
  text: string
  label: string
  children: ReactNode
}

/** Recorded text in a sunk box that scrolls by itself, with a button to copy it. */
export function Well({ text, label, children }: WellProps) {
  return (
    <div className="relative rounded-md bg-sunk">
      <div className="absolute top-1.5 right-3.5">
        <CopyButton text={text} label={`Copy ${label}`} />
      </div>
      <section aria-label={label} className="max-h-[55vh] overflow-auto rounded-md px-4 py-3.5 pr-12">
        {children}
      </section>
    </div>
  )
}

/** Text as it was sent, however long: what is out of sight costs nothing. */
export function PlainText({ text }: { text: string }) {
  const parts = useMemo(() => pieces(text), [text])
  return (
    <pre className="font-mono text-[12.5px] leading-[1.65] whitespace-pre-wrap [overflow-wrap:anywhere]">
      {parts.map((part, index) => (
        // biome-ignore lint/suspicious/noArrayIndexKey: the pieces of a text never move
        <span key={index} className="block [contain-intrinsic-size:auto_800px] [content-visibility:auto]">
          {part}
        </span>
      ))}
    </pre>
  )
}
