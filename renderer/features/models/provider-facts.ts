import type { TargetHealth } from '../../../core/contract/aliases.ts'
import type { Provider } from '../../../core/contract/models.ts'
import { formatAgo } from '../../components/format/time.ts'
import type { DotTone } from '../../components/status-dot.tsx'

export function countModels(count: number): string {
  return count === 1 ? '1 model' : `${count} models`
}

export function countKeys({ keyCount }: Provider): string {
  if (keyCount === 0) return 'no key'
  return keyCount === 1 ? '1 key' : `${keyCount} keys`
}

/** How the last test went, for a dot and the words beside it. */
export function describeTest({ lastTest }: Provider, now: number): { tone: DotTone; words: string } {
  if (lastTest === null) return { tone: 'idle', words: 'not tested' }
  const ago = formatAgo(lastTest.at, now)
  if (!lastTest.ok) return { tone: 'bad', words: `failed ${ago}` }
  return {
    tone: 'ok',
    words: lastTest.latencyMs === null ? `works, ${ago}` : `${Math.round(lastTest.latencyMs)} ms, ${ago}`
  }
}

/** How a model has been doing, for a dot and the words beside it. */
export function describeHealth(
  target: TargetHealth | undefined,
  now: number
): { tone: DotTone; words: string } {
  switch (target?.state) {
    case 'well':
      return { tone: 'ok', words: 'well' }
    case 'trying':
      return { tone: 'warn', words: 'trying again' }
    case 'resting':
      return { tone: 'bad', words: restWords(target.restsUntil, now) }
    default:
      return { tone: 'idle', words: 'not used' }
  }
}

function restWords(until: number | null, now: number): string {
  const seconds = until === null ? 0 : Math.ceil((until - now) / 1000)
  if (seconds <= 0) return 'resting'
  return seconds < 120 ? `resting ${seconds} s` : `resting ${Math.ceil(seconds / 60)} min`
}

/** States of a provider's models, those worth a look first. Models that were never asked are left out. */
export function summarizeHealth(targets: readonly TargetHealth[]): { tone: DotTone; words: string }[] {
  const count = (state: TargetHealth['state']): number =>
    targets.filter((target) => target.state === state).length
  const groups: { tone: DotTone; count: number; word: string }[] = [
    { tone: 'bad', count: count('resting'), word: 'resting' },
    { tone: 'warn', count: count('trying'), word: 'trying again' },
    { tone: 'ok', count: count('well'), word: 'well' }
  ]
  return groups
    .filter((group) => group.count > 0)
    .map((group) => ({ tone: group.tone, words: `${group.count} ${group.word}` }))
}
