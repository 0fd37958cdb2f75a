import type { DaemonInfo, DoctorCheck } from '../../contract/info.ts'
import type { Settings, SettingsPatch } from '../../contract/settings.ts'
import type { SpendToday, Trace, TraceQuery, TraceSummary } from '../../contract/traces.ts'
import { HomeportError } from '../../errors/homeport-error.ts'
import type { AppHandlers } from '../app-handlers.ts'
import { pathParam } from './path-param.ts'

type SystemRoutes = Extract<
  keyof AppHandlers,
  | `${string} /app/info`
  | `${string} /app/doctor`
  | `${string} /app/shutdown`
  | `${string} /app/gateway`
  | `${string} /app/settings`
  | `${string} /app/traces${string}`
  | `${string} /app/spend`
>

/** The daemon itself and what it recorded, as the control API needs them. */
export interface SystemParts {
  info(): Promise<DaemonInfo>
  doctor(): Promise<DoctorCheck[]>
  setPaused(paused: boolean): void
  /** Asks the process to end, once this request is answered. */
  requestStop(): void
  settings: { get(): Settings; patch(patch: SettingsPatch): Promise<Settings> }
  traces: { list(query: TraceQuery): TraceSummary[]; get(id: string): Trace | null }
  spendToday(): SpendToday
}

/** `/app/info`, `/app/doctor`, `/app/gateway`, `/app/shutdown`, `/app/settings`, `/app/traces` and `/app/spend`. */
export function systemHandlers(parts: SystemParts): Pick<AppHandlers, SystemRoutes> {
  return {
    'GET /app/info': async () => parts.info(),
    'GET /app/doctor': async () => ({ checks: await parts.doctor() }),
    'POST /app/gateway': async ({ body }) => {
      parts.setPaused(body.paused)
      return { ok: true }
    },
    'POST /app/shutdown': async () => {
      parts.requestStop()
      return { ok: true }
    },
    'GET /app/settings': async () => parts.settings.get(),
    'PATCH /app/settings': async ({ body }) => parts.settings.patch(body),
    'GET /app/traces': async ({ query }) => ({ traces: parts.traces.list(query) }),
    'GET /app/traces/:id': async ({ params }) => {
      const trace = parts.traces.get(pathParam(params, 'id'))
      if (!trace)
        throw new HomeportError('not-found', 'This trace does not exist, or its retention has ended.')
      return trace
    },
    'GET /app/spend': async () => parts.spendToday()
  }
}
