import type { AppBody, AppQuery, AppResponse, AppRouteKey } from '../contract/app-routes.ts'
import type { EncodedJson } from '../lib/encoded-json.ts'

/** Routes that a handler answers. `POST /app/session` is the gateway's own: it comes before any credential. */
export type HandledRoute = Exclude<AppRouteKey, 'POST /app/session'>

/** One function a route, with its input already validated by the contract. */
export type AppHandlers = {
  [K in HandledRoute]: (input: AppHandlerInput<K>) => Promise<AppResponse<K> | EncodedJson<AppResponse<K>>>
}

export interface AppHandlerInput<K extends HandledRoute> {
  /** The `:name` parts of the path, decoded. */
  params: Record<string, string>
  query: AppQuery<K>
  body: AppBody<K>
  /** Aborted when the caller goes away before the answer. */
  signal: AbortSignal
}
