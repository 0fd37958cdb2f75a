import { type ReactNode, useMemo } from 'react'
import type { Citation } from '../../../../core/contract/knowledge.ts'
import { classNames } from '../../../components/class-names.ts'
import { Markdown } from '../../../components/markdown/markdown.tsx'
import { CitationLink } from './citation-link.tsx'
import { citationMarks } from './citation-marks.ts'

interface AnswerTextProps {
  text: string
  live: boolean
  citations: readonly Citation[]
}

/** An answer, its numbers tied to the passages they name. */
export function AnswerText({ text, live, citations }: AnswerTextProps) {
  const marks = useMemo(() => {
    if (citations.length === 0) return undefined
    const byNumber = new Map(citations.map((citation) => [String(citation.number), citation]))
    const draw = (number: string, words: ReactNode): ReactNode => {
      const citation = byNumber.get(number)
      return citation ? <CitationChip citation={citation} /> : words
    }
    return { kind: citationMarks, draw }
  }, [citations])
  return <Markdown text={text} live={live} marks={marks} />
}

function CitationChip({ citation }: { citation: Citation }) {
  const unsupported = citation.supported === false
  return (
    <CitationLink
      citation={citation}
      className={classNames(
        'citation',
        unsupported ? 'bg-warn-soft text-warn-text!' : 'bg-accent-soft text-accent-text!'
      )}
    >
      {citation.number}
      {unsupported && '?'}
    </CitationLink>
  )
}
