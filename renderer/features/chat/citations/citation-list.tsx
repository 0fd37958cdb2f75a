import { BookOpen, TriangleAlert } from 'lucide-react'
import { useState } from 'react'
import type { Citation } from '../../../../core/contract/knowledge.ts'
import { passageHref } from '../../../client/knowledge/note-route.ts'
import { Button } from '../../../components/button.tsx'
import { CitationLink } from './citation-link.tsx'
import { placeWords, splitCitations, UNSUPPORTED } from './citation-words.ts'

/** The passages under an answer: those it names, and on demand those it only was given. */
export function CitationList({ citations }: { citations: readonly Citation[] }) {
  const [all, setAll] = useState(false)
  const { cited, read } = splitCitations(citations)
  return (
    <section aria-label="Sources" className="mt-3 text-s">
      {cited.length > 0 && <CitationRows citations={cited} />}
      {read.length > 0 && (
        <>
          <Button look="quiet" className="-ml-3 h-7" aria-expanded={all} onClick={() => setAll(!all)}>
            {cited.length === 0
              ? read.length === 1
                ? '1 passage was read, and not named'
                : `${read.length} passages were read, none is named`
              : `${read.length} more ${read.length === 1 ? 'was' : 'were'} read`}
          </Button>
          {all && <CitationRows citations={read} />}
        </>
      )}
    </section>
  )
}

function CitationRows({ citations }: { citations: readonly Citation[] }) {
  return (
    <ol>
      {citations.map((citation) => (
        <li key={citation.number} className="flex items-center gap-2">
          <CitationLink
            citation={citation}
            className="flex min-w-0 flex-1 cursor-default items-baseline gap-2.5 rounded-sm py-1 text-text-2 outline-offset-[-2px] hover:text-text-1 hover:underline"
          >
            <span className="w-4 shrink-0 text-right text-xs text-text-3">{citation.number}</span>
            <span className="truncate">{placeWords(citation)}</span>
          </CitationLink>
          {citation.supported === false && (
            <span
              title={UNSUPPORTED}
              className="inline-flex shrink-0 items-center gap-1.5 text-xs text-warn-text"
            >
              <TriangleAlert className="size-3.5" />
              not found in the passage
            </span>
          )}
          {citation.obsidianUrl !== null && (
            <a
              href={passageHref(citation)}
              aria-label={`Read source ${citation.number} in Homeport`}
              title="Read in Homeport"
              className="grid size-6 shrink-0 cursor-default place-items-center rounded-md text-text-2 hover:bg-hover hover:text-text-1"
            >
              <BookOpen className="size-[15px]" />
            </a>
          )}
        </li>
      ))}
    </ol>
  )
}
