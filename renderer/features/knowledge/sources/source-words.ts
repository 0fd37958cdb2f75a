import type { Source } from '../../../../core/contract/knowledge.ts'
import { formatSecondsLeft } from '../../../components/format/time.ts'
import { formatBytes, formatCount } from '../../../components/format/tokens.ts'
import type { DotTone } from '../../../components/status-dot.tsx'

const steps = { scanning: 'Looking through the folder', reading: 'Reading', embedding: 'Embedding' }

/** How a source is, in a word, with the tone of its dot. */
export function sourceStatus({ state, failures, progress }: Source): { tone: DotTone; label: string } {
  switch (state) {
    case 'waiting':
      return { tone: 'accent', label: 'Waiting' }
    case 'indexing':
      return { tone: 'accent', label: progress ? steps[progress.step] : 'Indexing' }
    case 'paused':
      return { tone: 'idle', label: 'Paused' }
    case 'missing':
      return { tone: 'warn', label: 'Folder not there' }
    case 'failed':
      return { tone: 'bad', label: 'Failed' }
    default:
      return failures === 0
        ? { tone: 'ok', label: 'Up to date' }
        : { tone: 'warn', label: `${formatCount(failures)} not readable` }
  }
}

/** Part of the pass under way, 0 to 1; null while nobody knows, or nothing is to do. */
export function progressPart({ progress }: Source): number | null {
  if (progress === null || progress.step === 'scanning' || progress.total === 0) return null
  return progress.done / progress.total
}

/** How far the pass is: `Reading 1,204 of 6,591 · 2,100 a second · 5 s left`. Null where nothing is to do. */
export function progressWords({ progress }: Source): string | null {
  if (progress === null) return null
  const { step, done, total, perSecond, secondsLeft } = progress
  if (step === 'scanning')
    return done > 0 ? `${steps.scanning}: ${formatCount(done)} files so far` : steps.scanning
  return [
    `${steps[step]} ${formatCount(done)} of ${formatCount(total)}`,
    perSecond > 0 ? `${formatRate(perSecond)} a second` : null,
    secondsLeft === null ? null : `${formatSecondsLeft(secondsLeft)} left`
  ]
    .filter((part) => part !== null)
    .join(' · ')
}

/** What is in it: `6,591 files · 30,977 passages · 36.0 MB`. */
export function sizeWords({ documents, chunks, indexBytes }: Source): string {
  const files = documents === 1 ? '1 file' : `${formatCount(documents)} files`
  const passages = chunks === 1 ? '1 passage' : `${formatCount(chunks)} passages`
  return `${files} · ${passages} · ${formatBytes(indexBytes)}`
}

function formatRate(perSecond: number): string {
  return perSecond < 10 ? perSecond.toFixed(1) : formatCount(Math.round(perSecond))
}
