import type { OnDevice } from '../../inference/on-device-spec.ts'
import type { AppHandlers } from '../app-handlers.ts'
import { pathParam } from './path-param.ts'

type ModelDownloadRoutes = Extract<
  keyof AppHandlers,
  | `${string} /app/catalog`
  | `${string} /app/model-search${string}`
  | `${string} /app/model-hub`
  | `${string} /app/downloads${string}`
>

/** `/app/catalog`, `/app/model-search`, `/app/model-hub` and `/app/downloads`. */
export function modelDownloadHandlers({
  catalog,
  downloads,
  hub
}: Pick<OnDevice, 'catalog' | 'downloads' | 'hub'>): Pick<AppHandlers, ModelDownloadRoutes> {
  return {
    'GET /app/catalog': async () => ({ models: await catalog.list() }),
    'GET /app/model-search': async ({ query }) => ({ repos: await catalog.search(query.query) }),
    'GET /app/model-search/files': async ({ query }) => ({
      files: await catalog.repoFiles(query.repo, query.revision)
    }),
    'GET /app/model-hub': async () => hub.status(),
    'PATCH /app/model-hub': async ({ body }) => hub.setToken(body.token),
    'GET /app/downloads': async () => ({ downloads: downloads.list() }),
    'POST /app/downloads': async ({ body }) => downloads.start(body),
    'PATCH /app/downloads/:id': async ({ params, body }) =>
      downloads.setPaused(pathParam(params, 'id'), body.paused),
    'DELETE /app/downloads/:id': async ({ params }) => {
      await downloads.remove(pathParam(params, 'id'))
      return { ok: true }
    }
  }
}
