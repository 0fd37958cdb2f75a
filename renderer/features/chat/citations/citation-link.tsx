import type { ReactNode } from 'react'
import type { Citation } from '../../../../core/contract/knowledge.ts'
import { passageHref } from '../../../client/knowledge/note-route.ts'
import { HoverCard } from '../../../components/hover-card.tsx'
import { openInObsidian } from '../../../components/system/open-link.ts'
import { CitationCard } from './citation-card.tsx'
import { placeWords, UNSUPPORTED } from './citation-words.ts'

interface CitationLinkProps {
  citation: Citation
  className: string
  children: ReactNode
}

/** Opens a cited passage, in Obsidian where its source is a vault; shows it while pointed at or focused. */
export function CitationLink({ citation, className, children }: CitationLinkProps) {
  const { number, obsidianUrl, supported } = citation
  const label = `Source ${number}: ${placeWords(citation)}${supported === false ? `. ${UNSUPPORTED}` : ''}`
  return (
    <HoverCard
      label={label}
      trigger={
        <a
          href={passageHref(citation)}
          aria-label={label}
          onClick={(event) => {
            if (obsidianUrl === null) return
            event.preventDefault()
            openInObsidian(obsidianUrl)
          }}
          className={className}
        >
          {children}
        </a>
      }
    >
      <CitationCard citation={citation} />
    </HoverCard>
  )
}
