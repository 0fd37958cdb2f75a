import type { AppBodyInput, AppQueryInput, AppResponse, AppRouteKey } from './app-routes.ts'
import type { SequencedEvent } from './events.ts'

/** `params` fills the `:name` parts of the route's path. */
export interface AppCallInput<K extends AppRouteKey> {
  params?: Record<string, string>
  query?: AppQueryInput<K>
  body?: AppBodyInput<K>
}

/** The control API as its users call it: over HTTP from a window or a command, or inside the daemon's own process. */
export interface AppClient {
  /** Rejects with an error whose `message` can be shown to the person, and with the signal's reason once it aborts. */
  invoke<K extends AppRouteKey>(
    key: K,
    input?: AppCallInput<K>,
    signal?: AbortSignal
  ): Promise<AppResponse<K>>
  /** Events from now on, until the signal aborts. */
  events(signal: AbortSignal): AsyncIterable<SequencedEvent>
}
