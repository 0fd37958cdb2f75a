import type { Source } from '../contract/knowledge.ts'
import { duration } from './amounts.ts'

/** Work on a source is under way, or about to begin. */
export const isUnderWay = ({ state }: Source): boolean => state === 'waiting' || state === 'indexing'

/** How far the step under way is; null where nobody knows yet. Whole percent, 100 only when all is done. */
export function percentOf({ progress }: Source): number | null {
  return progress === null || progress.total === 0 ? null : Math.floor((progress.done / progress.total) * 100)
}

/** `indexing`, with how far it is and how long it takes where that is known. */
export function stateWords(source: Source): string {
  const { state, progress } = source
  if (progress === null) return state
  return `${state}: ${progressWords(progress)}`
}

/** `reading 1203 of 9000 files, 2100/s, 4 s left` */
export function progressWords({ step, done, total, perSecond, secondsLeft }: Progress): string {
  const rate = perSecond > 0 ? `, ${perSecond.toFixed(perSecond < 10 ? 1 : 0)}/s` : ''
  const left = secondsLeft === null ? '' : `, ${duration(secondsLeft)} left`
  const counted = total === 0 ? '' : ` ${done} of ${total} ${units[step]}`
  return `${step}${counted}${rate}${left}`
}

type Progress = NonNullable<Source['progress']>

const units: Readonly<Record<Progress['step'], string>> = {
  scanning: 'files',
  reading: 'files',
  embedding: 'passages'
}
