import { isValidElement, memo, type ReactNode, use, useMemo } from 'react'
import {
  type Components,
  defaultRehypePlugins,
  defaultRemarkPlugins,
  Streamdown,
  useIsCodeFenceIncomplete
} from 'streamdown'
import { classNames } from '../class-names.ts'
import { checkLink } from '../system/link-gate.ts'
import { openLink } from '../system/open-link.ts'
import { CodeBlock } from './code-block.tsx'
import { InlineMarks } from './inline-marks.tsx'
import type { MarkdownProps } from './markdown.tsx'
import { type MarkKind, markOfLink, remarkMarks } from './marks.ts'

/**
 * A model's text is hostile. Without the plugin that parses raw HTML, tags in it show as the text they are; what
 * markdown itself makes goes through the sanitiser; links open through the gate only, and no image is ever fetched.
 */
const rehypePlugins = defaultRehypePlugins.sanitize ? [defaultRehypePlugins.sanitize] : []

/** What the renderer hands to the elements drawn here. */
interface ElementProps {
  node?: unknown
  children?: ReactNode
  className?: string | undefined
  href?: string | undefined
  src?: unknown
  alt?: string | undefined
}

function Link({ href, children }: ElementProps) {
  const draw = use(InlineMarks)
  const mark = markOfLink(href)
  if (draw && mark !== null) return draw(mark, children)
  const link = href === undefined ? null : checkLink(href)
  if (!link) return <span>{children}</span>
  return (
    <a
      href={link}
      title={link}
      rel="noopener noreferrer nofollow"
      onClick={(event) => {
        event.preventDefault()
        openLink(link)
      }}
      onAuxClick={(event) => event.preventDefault()}
    >
      {children}
    </a>
  )
}

function ImagePlaceholder({ alt, src }: ElementProps) {
  const host = typeof src === 'string' && URL.canParse(src) ? new URL(src).host : ''
  return (
    <span className="inline-flex items-baseline gap-1.5 rounded-sm bg-sunk px-1.5 text-m text-text-2">
      {alt || 'image'}
      <span className="text-xs text-text-3">{host ? `not loaded from ${host}` : 'not loaded'}</span>
    </span>
  )
}

function Fence({ children }: ElementProps) {
  const live = useIsCodeFenceIncomplete()
  const { className = '', children: code } = isValidElement<ElementProps>(children)
    ? children.props
    : { children }
  const language = /language-(\S+)/.exec(className)?.[1] ?? ''
  return <CodeBlock code={textOf(code).replace(/\n$/, '')} language={language} live={live} />
}

function textOf(node: ReactNode): string {
  if (typeof node === 'string' || typeof node === 'number') return String(node)
  return Array.isArray(node) ? node.map(textOf).join('') : ''
}

// plain elements: the look is in markdown.css
const components: Components = {
  a: Link,
  img: ImagePlaceholder,
  pre: Fence,
  code: ({ children }: ElementProps) => <code>{children}</code>,
  table: ({ children }: ElementProps) => (
    <div className="table-scroll">
      <table>{children}</table>
    </div>
  ),
  ...Object.fromEntries(
    ['h1', 'h2', 'h3', 'h4', 'h5', 'h6', 'ul', 'ol', 'li', 'p', 'strong', 'em', 'hr', 'blockquote']
      .concat('thead', 'tbody', 'tr', 'th', 'td', 'sup', 'sub', 'section')
      .map((tag) => [tag, tag])
  )
}

export const RichMarkdown = memo(function RichMarkdown({
  text,
  live = false,
  compact = false,
  markKind
}: Omit<MarkdownProps, 'marks'> & { markKind: MarkKind | undefined }) {
  const remarkPlugins = useMemo(
    () => Object.values(defaultRemarkPlugins).concat(markKind ? [[remarkMarks, markKind]] : []),
    [markKind]
  )
  return (
    <Streamdown
      // it draws anew for a new text, and for nothing else
      key={markKind?.name}
      mode={live ? 'streaming' : 'static'}
      parseIncompleteMarkdown={live}
      isAnimating={live}
      className={classNames('markdown', compact && 'markdown-compact', live && 'markdown-live')}
      rehypePlugins={rehypePlugins}
      remarkPlugins={remarkPlugins}
      components={components}
      controls={false}
      linkSafety={{ enabled: false }}
    >
      {text}
    </Streamdown>
  )
})
