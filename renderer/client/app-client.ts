import type { AppCallInput } from '../../core/contract/app-client.ts'
import { type AppResponse, type AppRouteKey, appRoutes } from '../../core/contract/app-routes.ts'
import { appErrorSchema } from '../../core/contract/errors.ts'
import { type SequencedEvent, sequencedEventSchema } from '../../core/contract/events.ts'
import { AppRequestError } from './app-request-error.ts'
import { readSse } from './sse.ts'

/** Where a daemon listens and what lets this window in. */
export interface Endpoint {
  baseUrl: string
  token: string
}

export interface EventOptions {
  lastEventId: string | null
  signal: AbortSignal
  onOpen?: () => void
  onPosition?: (id: string) => void
}

/** Calls one route of the control API. Rejects with AppRequestError, and with the signal's reason once it aborts. */
export async function callRoute<K extends AppRouteKey>(
  endpoint: Endpoint,
  key: K,
  input: AppCallInput<K> = {},
  fetchFn: typeof fetch = fetch,
  signal: AbortSignal | null = null
): Promise<AppResponse<K>> {
  const [method = 'GET', pattern = ''] = key.split(' ')
  const url = new URL(fillPath(pattern, input.params ?? {}), endpoint.baseUrl)
  for (const [name, value] of Object.entries(input.query ?? {})) {
    if (value !== undefined) url.searchParams.set(name, String(value))
  }
  const hasBody = method !== 'GET' && method !== 'DELETE'
  const response = await request(fetchFn, url, {
    method,
    headers: {
      authorization: `Bearer ${endpoint.token}`,
      ...(hasBody ? { 'content-type': 'application/json' } : {})
    },
    ...(hasBody ? { body: JSON.stringify(input.body ?? {}) } : {}),
    signal,
    cache: 'no-store',
    credentials: 'omit'
  })
  const json = await readJson(response)
  signal?.throwIfAborted()
  if (!response.ok) throw toRequestError(response.status, json)
  const parsed = appRoutes[key].response.safeParse(json)
  if (!parsed.success) {
    throw new AppRequestError('The daemon gave an answer this window does not understand.', {
      action: 'They may be of different versions: restart Homeport.'
    })
  }
  // safeParse of the row's own schema: the cast only ties the result back to the key
  return parsed.data as AppResponse<K>
}

/**
 * Reads the event stream from `lastEventId` on until it ends. Calls `onOpen` once the daemon answered, and `onPosition`
 * with the id to resume after.
 */
export async function* readEvents(
  endpoint: Endpoint,
  options: EventOptions,
  fetchFn: typeof fetch = fetch
): AsyncGenerator<SequencedEvent> {
  const response = await request(fetchFn, new URL('/app/events', endpoint.baseUrl), {
    headers: {
      authorization: `Bearer ${endpoint.token}`,
      accept: 'text/event-stream',
      ...(options.lastEventId ? { 'last-event-id': options.lastEventId } : {})
    },
    signal: options.signal,
    cache: 'no-store',
    credentials: 'omit'
  })
  if (!response.ok || !response.body) throw toRequestError(response.status, await readJson(response))
  options.onOpen?.()
  for await (const message of readSse(response.body)) {
    if (message.id !== '') options.onPosition?.(message.id)
    const parsed = sequencedEventSchema.safeParse(parseJson(message.data))
    // an event this window does not know is dropped, never acted on
    if (parsed.success) yield parsed.data
  }
}

function fillPath(pattern: string, params: Record<string, string>): string {
  return pattern.replace(/:([a-z]+)/g, (_, name: string) => {
    const value = params[name]
    if (value === undefined) throw new Error(`missing path parameter ${name}`)
    return encodeURIComponent(value)
  })
}

async function request(fetchFn: typeof fetch, url: URL, init: RequestInit): Promise<Response> {
  try {
    return await fetchFn(url, init)
  } catch (thrown) {
    if (init.signal?.aborted) throw thrown
    throw new AppRequestError("Homeport's daemon is not answering.", {
      code: 'unreachable',
      action: 'It is being tried again; repeat this in a moment.'
    })
  }
}

async function readJson(response: Response): Promise<unknown> {
  return parseJson(await response.text().catch(() => ''))
}

function parseJson(text: string): unknown {
  try {
    return JSON.parse(text)
  } catch {
    return null
  }
}

function toRequestError(status: number, json: unknown): AppRequestError {
  const parsed = appErrorSchema.safeParse(json)
  if (!parsed.success) {
    return new AppRequestError(`The daemon answered with status ${status}.`, { status })
  }
  const { message, ...rest } = parsed.data.error
  return new AppRequestError(message, { status, ...rest })
}
