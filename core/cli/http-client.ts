import { Agent, type IncomingMessage, request } from 'node:http'
import type { AppCallInput, AppClient } from '../contract/app-client.ts'
import { type AppResponse, type AppRouteKey, appRoutes } from '../contract/app-routes.ts'
import { appErrorSchema, type ErrorCode, errorCodes } from '../contract/errors.ts'
import type { SequencedEvent } from '../contract/events.ts'
import type { DaemonFile } from '../contract/info.ts'
import { HomeportError } from '../errors/homeport-error.ts'
import { readEvents } from './event-stream.ts'

/** Longer than almost any call of the control API takes, a provider's test included. */
const DEADLINE_MS = 120_000
/** A large model on a slow disk, or tried with one number of threads after the other. */
const MODEL_DEADLINE_MS = 3_600_000
const ofModels: readonly AppRouteKey[] = [
  'POST /app/local-models/:id/load',
  'POST /app/local-models/:id/calibrate'
]

export interface HttpClient extends AppClient {
  /** Resolves once the daemon has accepted: from then on no event is missed. */
  subscribe(signal: AbortSignal): Promise<AsyncIterable<SequencedEvent>>
  close(): void
}

/**
 * The control API of the daemon that `daemon.json` names. Goes to 127.0.0.1 and nowhere else: no proxy of the
 * environment and no redirect ever sees the control token. Rejects with what the daemon answered, or `unavailable`.
 */
export function createHttpClient({ port, controlToken }: DaemonFile): HttpClient {
  const agent = new Agent({ keepAlive: true })

  const send = (method: string, path: string, signal: AbortSignal, body?: string): Promise<IncomingMessage> =>
    new Promise((resolve, reject) => {
      const headers = {
        authorization: `Bearer ${controlToken}`,
        ...(body === undefined
          ? {}
          : { 'content-type': 'application/json', 'content-length': Buffer.byteLength(body) })
      }
      const outgoing = request({ host: '127.0.0.1', port, path, method, headers, agent, signal }, resolve)
      outgoing.on('error', (error) => reject(signal.aborted ? signal.reason : unreachable(error)))
      outgoing.end(body)
    })

  const subscribe = async (signal: AbortSignal): Promise<AsyncIterable<SequencedEvent>> => {
    const response = await send('GET', '/app/events', signal)
    if (response.statusCode !== 200) throw errorIn(await readText(response), response.statusCode)
    return readEvents(response)
  }

  return {
    async invoke<K extends AppRouteKey>(
      key: K,
      input: AppCallInput<K> = {},
      givenUp?: AbortSignal
    ): Promise<AppResponse<K>> {
      const [method = '', path = ''] = key.split(' ')
      const body = method === 'GET' || method === 'DELETE' ? undefined : JSON.stringify(input.body ?? {})
      const deadline = AbortSignal.timeout(ofModels.includes(key) ? MODEL_DEADLINE_MS : DEADLINE_MS)
      const signal = givenUp ? AbortSignal.any([givenUp, deadline]) : deadline
      const response = await send(
        method,
        fillPath(path, input.params) + queryString(input.query),
        signal,
        body
      )
      const text = await readText(response).catch((error: unknown) => {
        givenUp?.throwIfAborted()
        throw error
      })
      if ((response.statusCode ?? 500) >= 300) throw errorIn(text, response.statusCode)
      return parseAnswer(key, text)
    },
    subscribe,
    async *events(signal) {
      yield* await subscribe(signal)
    },
    close: () => agent.destroy()
  }
}

function fillPath(path: string, params: Record<string, string> = {}): string {
  return path.replace(/:(\w+)/g, (_, name: string) => encodeURIComponent(params[name] ?? ''))
}

function queryString(query: object = {}): string {
  const search = new URLSearchParams()
  for (const [name, value] of Object.entries(query)) if (value !== undefined) search.set(name, String(value))
  return search.size === 0 ? '' : `?${search}`
}

async function readText(response: IncomingMessage): Promise<string> {
  response.setEncoding('utf8')
  let text = ''
  try {
    for await (const chunk of response) text += String(chunk)
  } catch (error) {
    throw unreachable(error)
  }
  return text
}

function parseAnswer<K extends AppRouteKey>(key: K, text: string): AppResponse<K> {
  const answer = appRoutes[key].response.safeParse(parseJson(text))
  // the schema is the one of this route, which the union of all routes hides from the compiler
  if (answer.success) return answer.data as AppResponse<K>
  throw new HomeportError(
    'internal',
    'The running Homeport gave an answer that this version does not understand',
    {
      action: 'It may be of another version: stop it and start it again'
    }
  )
}

function errorIn(text: string, status = 500): HomeportError {
  const parsed = appErrorSchema.safeParse(parseJson(text))
  if (!parsed.success) return new HomeportError('internal', `The running Homeport answered ${status}`)
  const { code, message, action } = parsed.data.error
  return new HomeportError(knownCode(code), message, { status, ...(action === null ? {} : { action }) })
}

const knownCode = (code: string): ErrorCode => errorCodes.find((known) => known === code) ?? 'internal'

function parseJson(text: string): unknown {
  try {
    return JSON.parse(text)
  } catch {
    return undefined
  }
}

function unreachable(cause: unknown): HomeportError {
  return new HomeportError('unavailable', 'The running Homeport does not answer', {
    action: 'See what it says with: homeport status, or stop it and start it again',
    cause
  })
}
