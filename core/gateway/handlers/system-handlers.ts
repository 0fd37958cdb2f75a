import type { DaemonInfo, DoctorCheck } from '../../contract/info.ts'
import type { Settings, SettingsPatch } from '../../contract/settings.ts'
import type { SpendToday } from '../../contract/traces.ts'
import type { AppHandlers } from '../app-handlers.ts'

type SystemRoutes = Extract<
  keyof AppHandlers,
  | `${string} /app/info`
  | `${string} /app/doctor`
  | `${string} /app/shutdown`
  | `${string} /app/gateway`
  | `${string} /app/settings`
  | `${string} /app/spend`
>

/** The daemon itself, as the control API needs it. */
export interface SystemParts {
  info(): Promise<DaemonInfo>
  doctor(): Promise<DoctorCheck[]>
  setPaused(paused: boolean): void
  /** Asks the process to end, once this request is answered. */
  requestStop(): void
  settings: { get(): Settings; patch(patch: SettingsPatch): Promise<Settings> }
  spendToday(): SpendToday
}

/** `/app/info`, `/app/doctor`, `/app/gateway`, `/app/shutdown`, `/app/settings` and `/app/spend`. */
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
    'GET /app/spend': async () => parts.spendToday()
  }
}
