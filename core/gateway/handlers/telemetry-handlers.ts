import type { TelemetryStatus } from '../../contract/telemetry.ts'
import type { Exporter } from '../../telemetry/exporter.ts'
import type { AppHandlers } from '../app-handlers.ts'

type TelemetryRoutes = Extract<keyof AppHandlers, `${string} /app/telemetry${string}`>

/** `/app/telemetry`. */
export function telemetryHandlers({
  exporter,
  receiveStatus
}: {
  exporter: Pick<Exporter, 'status' | 'saveHeaders' | 'test'>
  receiveStatus(): TelemetryStatus['receive']
}): Pick<AppHandlers, TelemetryRoutes> {
  const status = async () => ({ export: await exporter.status(), receive: receiveStatus() })
  return {
    'GET /app/telemetry': status,
    async 'PUT /app/telemetry/export-headers'({ body }) {
      await exporter.saveHeaders(body.headers)
      return status()
    },
    'POST /app/telemetry/test': () => exporter.test()
  }
}
