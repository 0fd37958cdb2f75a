import type { ExportStatus } from '../../../core/contract/telemetry.ts'
import { formatAgo } from '../../components/format/time.ts'
import { formatCount } from '../../components/format/tokens.ts'

/** How sending goes, in one line: `120 calls sent, 3 waiting, 2 lost. The last one 2m ago.` */
export function exportWords(
  { sent, waiting, dropped, lastSentAt }: Pick<ExportStatus, 'sent' | 'waiting' | 'dropped' | 'lastSentAt'>,
  now: number
): string {
  const parts = [
    `${formatCount(sent)} ${sent === 1 ? 'call' : 'calls'} sent`,
    waiting > 0 && `${formatCount(waiting)} waiting`,
    dropped > 0 && `${formatCount(dropped)} lost`
  ].filter(Boolean)
  const last = lastSentAt === null ? '' : ` The last one ${formatAgo(lastSentAt, now)}.`
  return `${parts.join(', ')}.${last}`
}
