import { lazy, memo, Suspense } from 'react'
import { classNames } from '../class-names.ts'
import { type DrawMark, InlineMarks } from './inline-marks.tsx'
import type { MarkKind } from './marks.ts'

export interface MarkdownProps {
  text: string
  /** Still being written: unfinished markdown is closed, and a caret shows where it goes on. */
  live?: boolean
  compact?: boolean
  /** Things in it that are drawn in another way. */
  marks?: { kind: MarkKind; draw: DrawMark } | undefined
}

// half of the window's code: it is fetched beside the first screen, not before it
const rich = import('./rich-markdown.tsx')
const RichMarkdown = lazy(async () => ({ default: (await rich).RichMarkdown }))

/** Text from outside, drawn as markdown and treated as hostile. Until the renderer is there it shows as written. */
export const Markdown = memo(function Markdown({ marks, ...props }: MarkdownProps) {
  const plain = (
    <div className={classNames('markdown whitespace-pre-wrap', props.compact && 'markdown-compact')}>
      {props.text}
    </div>
  )
  return (
    <Suspense fallback={plain}>
      <InlineMarks value={marks?.draw ?? null}>
        <RichMarkdown {...props} markKind={marks?.kind} />
      </InlineMarks>
    </Suspense>
  )
})
