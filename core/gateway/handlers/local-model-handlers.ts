import type { OnDevice } from '../../inference/on-device-spec.ts'
import type { AppHandlers } from '../app-handlers.ts'
import { pathParam } from './path-param.ts'

type LocalModelRoutes = Extract<
  keyof AppHandlers,
  `${string} /app/local-models${string}` | `${string} /app/engine`
>

/** `/app/local-models` and `/app/engine`. A caller that goes away ends the loading or trying that it asked for. */
export function localModelHandlers(
  onDevice: Pick<OnDevice, 'models' | 'status'>
): Pick<AppHandlers, LocalModelRoutes> {
  const { models } = onDevice
  return {
    'GET /app/local-models': async () => ({ models: await models.list() }),
    'POST /app/local-models': async ({ body }) => models.add(body.path),
    'GET /app/local-models/:id': async ({ params }) => models.details(pathParam(params, 'id')),
    'DELETE /app/local-models/:id': async ({ params, query }) => {
      await models.remove(pathParam(params, 'id'), { deleteFile: query.file === 'true' })
      return { ok: true }
    },
    'PUT /app/local-models/:id/settings': async ({ params, body }) =>
      models.saveSettings(pathParam(params, 'id'), body),
    'POST /app/local-models/:id/load': async ({ params, signal }) =>
      models.load(pathParam(params, 'id'), signal),
    'POST /app/local-models/:id/unload': async ({ params }) => models.unload(pathParam(params, 'id')),
    'POST /app/local-models/:id/calibrate': async ({ params, signal }) =>
      models.calibrate(pathParam(params, 'id'), signal),
    'GET /app/engine': async () => onDevice.status()
  }
}
