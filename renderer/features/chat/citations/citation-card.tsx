import type { Citation } from '../../../../core/contract/knowledge.ts'
import { passageHref } from '../../../client/knowledge/note-route.ts'
import { Markdown } from '../../../components/markdown/markdown.tsx'
import { openInObsidian } from '../../../components/system/open-link.ts'
import { placeWords, UNSUPPORTED } from './citation-words.ts'

/** The passage itself, where it stands, and the ways to it. */
export function CitationCard({ citation }: { citation: Citation }) {
  const { path, text, kind, obsidianUrl, supported, unfounded = [] } = citation
  return (
    <div className="flex flex-col gap-2">
      <div>
        <p className="font-medium [overflow-wrap:anywhere]">{placeWords(citation)}</p>
        <p className="truncate text-xs text-text-3" title={path}>
          {path}
        </p>
      </div>
      {supported === false && <p className="text-warn-text">{UNSUPPORTED}</p>}
      {unfounded.length > 0 && (
        <ul aria-label="Not found in the passage" className="text-text-2">
          {unfounded.map((said) => (
            <li key={said} className="[overflow-wrap:anywhere]">
              “{said}”
            </li>
          ))}
        </ul>
      )}
      <div className="max-h-48 overflow-y-auto border-l-2 border-line-strong pl-3">
        {kind === 'markdown' ? (
          <Markdown compact text={text} />
        ) : (
          <p className="whitespace-pre-wrap [overflow-wrap:anywhere]">{text}</p>
        )}
      </div>
      <p className="flex gap-4">
        {obsidianUrl !== null && (
          <button
            type="button"
            className="rounded-sm text-accent-text hover:underline"
            onClick={() => openInObsidian(obsidianUrl)}
          >
            Open in Obsidian
          </button>
        )}
        <a
          href={passageHref(citation)}
          className="cursor-default rounded-sm text-accent-text hover:underline"
        >
          Read here
        </a>
      </p>
    </div>
  )
}
