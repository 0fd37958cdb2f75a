import { lazy, memo, Suspense } from 'react'
import { classNames } from '../class-names.ts'

export interface MarkdownProps {
  text: string
  /** Still being written: unfinished markdown is closed, and a caret shows where it goes on. */
  live?: boolean
  compact?: boolean
}

// half of the window's code: it is fetched beside the first screen, not before it
const rich = import('./rich-markdown.tsx')
const RichMarkdown = lazy(async () => ({ default: (await rich).RichMarkdown }))

/** Text a model wrote, drawn as markdown and treated as hostile. Until the renderer is there it shows as written. */
export const Markdown = memo(function Markdown(props: MarkdownProps) {
  const plain = (
    <div className={classNames('markdown whitespace-pre-wrap', props.compact && 'markdown-compact')}>
      {props.text}
    </div>
  )
  return (
    <Suspense fallback={plain}>
      <RichMarkdown {...props} />
    </Suspense>
  )
})
