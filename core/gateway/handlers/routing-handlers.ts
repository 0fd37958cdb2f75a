import type { RoutePreview, RoutePreviewRequest } from '../../contract/aliases.ts'
import type { Aliases } from '../../routing/aliases.ts'
import type { ConfigFile } from '../../routing/config-file.ts'
import type { Health } from '../../routing/target-health.ts'
import type { AppHandlers } from '../app-handlers.ts'
import { pathParam } from './path-param.ts'

type RoutingRoutes = Extract<
  keyof AppHandlers,
  | `${string} /app/aliases${string}`
  | `${string} /app/route-preview`
  | `${string} /app/health`
  | `${string} /app/config`
>

/** Which model answers, as the control API needs it. */
export interface RoutingParts {
  aliases: Pick<Aliases, 'list' | 'save' | 'remove'>
  health: Pick<Health, 'list'>
  config: ConfigFile
  preview(request: RoutePreviewRequest): RoutePreview
}

/** `/app/aliases`, `/app/route-preview`, `/app/health` and `/app/config`. */
export function routingHandlers({
  aliases,
  health,
  config,
  preview
}: RoutingParts): Pick<AppHandlers, RoutingRoutes> {
  return {
    'GET /app/aliases': async () => ({ aliases: aliases.list() }),
    'PUT /app/aliases/:name': async ({ params, body }) => aliases.save(pathParam(params, 'name'), body),
    'DELETE /app/aliases/:name': async ({ params }) => {
      await aliases.remove(pathParam(params, 'name'))
      return { ok: true }
    },
    'POST /app/route-preview': async ({ body }) => preview(body),
    'GET /app/health': async () => ({ targets: health.list() }),
    'GET /app/config': async () => ({ yaml: config.export() }),
    'PUT /app/config': async ({ body }) => config.import(body.yaml)
  }
}
