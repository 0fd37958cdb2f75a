import type { Providers } from '../../routing/providers.ts'
import type { AppHandlers } from '../app-handlers.ts'
import { pathParam } from './path-param.ts'

type ModelRoutes = Extract<
  keyof AppHandlers,
  | `${string} /app/models`
  | `${string} /app/providers${string}`
  | `${string} /app/provider-kinds`
  | `${string} /app/discover`
>

/** `/app/models`, `/app/providers`, `/app/provider-kinds` and `/app/discover`. */
export function modelHandlers(
  providers: Pick<Providers, 'models' | 'list' | 'kinds' | 'add' | 'update' | 'remove' | 'test' | 'discover'>
): Pick<AppHandlers, ModelRoutes> {
  return {
    'GET /app/models': async () => ({ models: providers.models() }),
    'GET /app/providers': async () => ({ providers: providers.list() }),
    'GET /app/provider-kinds': async () => ({ kinds: providers.kinds() }),
    'POST /app/providers': async ({ body }) => providers.add(body),
    'PATCH /app/providers/:id': async ({ params, body }) => providers.update(pathParam(params, 'id'), body),
    'DELETE /app/providers/:id': async ({ params }) => {
      await providers.remove(pathParam(params, 'id'))
      return { ok: true }
    },
    'POST /app/providers/:id/test': async ({ params }) => providers.test(pathParam(params, 'id')),
    'POST /app/discover': async () => ({ servers: await providers.discover() })
  }
}
