import type { Chats } from '../../chats/chats.ts'
import type { AppHandlers } from '../app-handlers.ts'
import { pathParam } from './path-param.ts'

type ChatRoutes = Extract<
  keyof AppHandlers,
  `${string} /app/chats${string}` | `${string} /app/turns${string}`
>

/** `/app/chats` and the turns running in them. */
export function chatHandlers(chats: Chats): Pick<AppHandlers, ChatRoutes> {
  return {
    'GET /app/chats': async ({ query }) => ({ chats: chats.list(query.search, query.limit) }),
    'POST /app/chats': async ({ body }) => chats.create(body),
    'GET /app/chats/:id': async ({ params }) => chats.get(pathParam(params, 'id')),
    'PATCH /app/chats/:id': async ({ params, body }) => chats.update(pathParam(params, 'id'), body),
    'DELETE /app/chats/:id': async ({ params }) => {
      await chats.delete(pathParam(params, 'id'))
      return { ok: true }
    },
    'POST /app/chats/:id/turns': async ({ params, body }) => chats.startTurn(pathParam(params, 'id'), body),
    'DELETE /app/turns/:id': async ({ params }) => {
      await chats.stopTurn(pathParam(params, 'id'))
      return { ok: true }
    }
  }
}
