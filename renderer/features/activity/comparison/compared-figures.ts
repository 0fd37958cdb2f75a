import type { Trace } from '../../../../core/contract/traces.ts'
import { formatDuration } from '../../../components/format/time.ts'
import { formatCount, formatSpeed, tokensPerSecond } from '../../../components/format/tokens.ts'
import { callStatus } from '../call-status.ts'
import { costFigure, modelWords } from '../trace-words.ts'

type Call = Pick<
  Trace,
  | 'model'
  | 'providerId'
  | 'providerModel'
  | 'status'
  | 'durationMs'
  | 'firstTokenMs'
  | 'usage'
  | 'cost'
  | 'cache'
  | 'savedNanoUsd'
>

const figures: readonly [label: string, of: (call: Call) => string][] = [
  ['Model', (call) => modelWords(call).text],
  ['Ended', ({ status }) => callStatus[status].label],
  ['Total', ({ durationMs }) => formatDuration(durationMs)],
  ['First token', ({ firstTokenMs }) => (firstTokenMs === null ? '–' : formatDuration(firstTokenMs))],
  ['Speed', speedOf],
  ['Tokens in', ({ usage }) => (usage ? formatCount(usage.input.total) : '–')],
  ['Tokens out', ({ usage }) => (usage ? formatCount(usage.output.total) : '–')],
  ['Cost', (call) => costFigure(call).value]
]

/** Two calls figure by figure, in words. */
export function comparedFigures(left: Call, right: Call): { label: string; left: string; right: string }[] {
  return figures.map(([label, of]) => ({ label, left: of(left), right: of(right) }))
}

function speedOf({ usage, firstTokenMs, durationMs }: Call): string {
  const speed = usage && tokensPerSecond(usage.output.total, firstTokenMs, durationMs)
  return speed === null ? '–' : formatSpeed(speed)
}
