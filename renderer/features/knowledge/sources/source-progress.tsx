import type { Source } from '../../../../core/contract/knowledge.ts'
import { formatCount } from '../../../components/format/tokens.ts'
import { ProgressBar } from '../../../components/progress-bar.tsx'
import { progressPart, progressWords } from './source-words.ts'

/** How far indexing is, with what already works meanwhile. Nothing while nothing is to do. */
export function SourceProgress({ source }: { source: Source }) {
  const words = progressWords(source)
  const { chunksWithoutVector: waiting, paused } = source
  if (words === null) return null
  return (
    <div>
      <ProgressBar
        label={`Indexing of ${source.name}`}
        value={progressPart(source)}
        words={words}
        still={paused}
      />
      <p className="mt-1.5 text-xs text-text-2">
        {words}
        {waiting > 0 && (
          <span className="text-text-3">
            {' '}
            · {formatCount(waiting)} passages are found by their words alone until then
          </span>
        )}
      </p>
    </div>
  )
}
