import type { Alerts } from '../../alerts/alerts.ts'
import type { AppHandlers } from '../app-handlers.ts'
import { pathParam } from './path-param.ts'

type AlertRoutes = Extract<
  keyof AppHandlers,
  `${string} /app/alerts${string}` | `${string} /app/notices${string}`
>

/** `/app/alerts` and `/app/notices`. */
export function alertHandlers(
  alerts: Pick<Alerts, 'list' | 'create' | 'update' | 'remove' | 'notices' | 'markRead'>
): Pick<AppHandlers, AlertRoutes> {
  return {
    'GET /app/alerts': async () => ({ alerts: alerts.list() }),
    'POST /app/alerts': async ({ body }) => alerts.create(body),
    'PUT /app/alerts/:id': async ({ params, body }) => alerts.update(pathParam(params, 'id'), body),
    'DELETE /app/alerts/:id': async ({ params }) => {
      await alerts.remove(pathParam(params, 'id'))
      return { ok: true }
    },
    'GET /app/notices': async ({ query }) => alerts.notices(query.limit),
    'POST /app/notices/read': async ({ body }) => {
      await alerts.markRead(body.id)
      return { ok: true }
    }
  }
}
