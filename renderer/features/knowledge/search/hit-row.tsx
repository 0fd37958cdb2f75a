import { CircleHelp } from 'lucide-react'
import { useState } from 'react'
import type { SearchHit } from '../../../../core/contract/knowledge.ts'
import { passageHref } from '../../../client/knowledge/note-route.ts'
import { IconButton } from '../../../components/button.tsx'
import { classNames } from '../../../components/class-names.ts'
import { formatAge, formatDateTime } from '../../../components/format/time.ts'
import { MarkedText } from '../../../components/marked-text.tsx'
import { openInObsidian } from '../../../components/system/open-link.ts'
import { KindIcon } from '../kind-icon.tsx'
import { ScoreExplanation } from './score-explanation.tsx'
import { snippet, withoutMarkup } from './snippet.ts'

interface HitRowProps {
  hit: SearchHit
  now: number
  active: boolean
}

/** A found passage: where it stands, its words, and on demand why it was found. */
export function HitRow({ hit, now, active }: HitRowProps) {
  const [explained, setExplained] = useState(false)
  const { title, headings, text, highlights, kind, path, page, modifiedAt, obsidianUrl } = hit
  const cut = snippet(text, highlights, 240)
  const shown = kind === 'markdown' ? withoutMarkup(cut) : cut
  const place = [...headings, ...(page === null ? [] : [`page ${page}`])].join(' › ')
  return (
    <li
      className={classNames('group relative rounded-md hover:bg-hover', active && 'bg-press hover:bg-press')}
    >
      <a
        data-row
        href={passageHref(hit)}
        aria-current={active ? 'page' : undefined}
        onKeyDown={(event) => {
          if (event.key !== 'Enter' || !(event.ctrlKey || event.metaKey) || obsidianUrl === null) return
          event.preventDefault()
          openInObsidian(obsidianUrl)
        }}
        className="block cursor-default rounded-md px-2 py-2 outline-offset-[-2px]"
      >
        <span className="flex items-center gap-2">
          <KindIcon kind={kind} />
          <b className="min-w-0 flex-1 truncate font-medium">{title}</b>
          <small
            title={formatDateTime(modifiedAt)}
            className="text-xs text-text-3 group-focus-within:invisible group-hover:invisible"
          >
            {formatAge(modifiedAt, now)}
          </small>
        </span>
        <span className="block truncate text-xs text-text-3" title={path}>
          {place || path}
        </span>
        <span className="mt-0.5 line-clamp-3 text-s text-text-2 [overflow-wrap:anywhere]">
          <MarkedText {...shown} />
        </span>
      </a>
      <IconButton
        small
        label={`Why ${title} was found`}
        aria-expanded={explained}
        onClick={() => setExplained(!explained)}
        className="absolute! top-1.5 right-1 opacity-0 group-focus-within:opacity-100 group-hover:opacity-100 aria-expanded:opacity-100"
      >
        <CircleHelp />
      </IconButton>
      {explained && <ScoreExplanation hit={hit} />}
    </li>
  )
}
