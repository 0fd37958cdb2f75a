import type { CallStatus } from '../../../core/contract/traces.ts'
import type { DotTone } from '../../components/status-dot.tsx'

/** How a call ended, as a dot and in words. */
export const callStatus: Record<CallStatus, { tone: DotTone; label: string }> = {
  ok: { tone: 'ok', label: 'succeeded' },
  error: { tone: 'bad', label: 'failed' },
  aborted: { tone: 'warn', label: 'stopped by the caller' },
  cut: { tone: 'warn', label: 'broke off' }
}
