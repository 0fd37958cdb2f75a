import type { AppKey, CreateAppKey, CreatedAppKey, UpdateAppKey } from '../../contract/access.ts'
import type { AppHandlers } from '../app-handlers.ts'
import { pathParam } from './path-param.ts'

type AccessRoutes = Extract<keyof AppHandlers, `${string} /app/keys${string}` | `${string} /app/codes`>

/** App keys and link codes, as the control API needs them. */
export interface AccessDirectory {
  listKeys(): AppKey[]
  createKey(wanted: CreateAppKey): Promise<CreatedAppKey>
  updateKey(id: string, change: UpdateAppKey): Promise<AppKey>
  revokeKey(id: string): Promise<void>
  /** A new single-use code and the link that carries it. */
  mintLink(): { code: string; expiresAt: number; url: string }
}

/** `/app/keys` and `/app/codes`. `onChange` runs after the set of keys changed. */
export function accessHandlers(
  access: AccessDirectory,
  onChange: () => void
): Pick<AppHandlers, AccessRoutes> {
  return {
    'GET /app/keys': async () => ({ keys: access.listKeys() }),
    'POST /app/keys': async ({ body }) => {
      const created = await access.createKey(body)
      onChange()
      return created
    },
    'PATCH /app/keys/:id': async ({ params, body }) => {
      const key = await access.updateKey(pathParam(params, 'id'), body)
      onChange()
      return key
    },
    'DELETE /app/keys/:id': async ({ params }) => {
      await access.revokeKey(pathParam(params, 'id'))
      onChange()
      return { ok: true }
    },
    'POST /app/codes': async () => access.mintLink()
  }
}
