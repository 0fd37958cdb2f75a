import { type CSSProperties, memo, useEffect, useState } from 'react'
import type { HighlightToken } from 'streamdown'
import { CopyButton } from '../copy-button.tsx'
import { highlightCode } from './highlighter.ts'

interface CodeBlockProps {
  code: string
  /** As written after the fence; empty when nothing was. */
  language: string
  /** Shown instead of the language: where the code belongs. */
  title?: string
  /** Still being written: coloured once it is whole. */
  live?: boolean
}

/** Code with its language and a copy button. Colours come when the highlighter is there; the text never waits. */
export const CodeBlock = memo(function CodeBlock({ code, language, title, live = false }: CodeBlockProps) {
  const [lines, setLines] = useState<HighlightToken[][] | null>(null)

  useEffect(() => {
    if (live || language === '' || code.length > 40_000) return
    let current = true
    void highlightCode(code, language.toLowerCase()).then((tokens) => {
      if (current) setLines(tokens)
    })
    return () => {
      current = false
    }
  }, [code, language, live])

  return (
    <div className="code-block overflow-hidden rounded-md bg-sunk">
      <div className="flex h-8 items-center justify-between pr-1 pl-3.5 text-xs text-text-3">
        <span className="truncate font-mono">{title ?? (language || 'text')}</span>
        <CopyButton text={code} label="Copy code" />
      </div>
      <pre className="code-text overflow-x-auto px-3.5 pb-3">
        <code>{lines && !live ? lines.map(drawLine) : code}</code>
      </pre>
    </div>
  )
})

function drawLine(tokens: HighlightToken[], index: number) {
  return (
    <span key={index}>
      {index > 0 && '\n'}
      {tokens.map((token, column) => (
        // biome-ignore lint/suspicious/noArrayIndexKey: tokens never move
        <span key={column} className="token" style={tokenColours(token)}>
          {token.content}
        </span>
      ))}
    </span>
  )
}

function tokenColours(token: HighlightToken): CSSProperties {
  const light = token.htmlStyle?.color ?? token.color
  const dark = token.htmlStyle?.['--shiki-dark']
  return { '--token-light': light, '--token-dark': dark ?? light } as CSSProperties
}
