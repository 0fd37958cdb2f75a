import { noLimits } from '../../contract/access.ts'
import { appRoutes } from '../../contract/app-routes.ts'
import type { Model } from '../../contract/models.ts'
import type { Usage } from '../../contract/usage.ts'
import { silentLogger } from '../../lib/logger.ts'
import type { CallInput, CallOutcome, CallResult, Pipeline } from '../../pipeline/context.ts'
import type { ChatEvent } from '../../providers/spec/chat.ts'
import type { StoredResponses } from '../../responses/responses.ts'
import type { StoredResponse } from '../../responses/stored-response.ts'
import type { AppHandlers } from '../app-handlers.ts'
import type { Principal } from '../credential.ts'
import { createEventHub } from '../event-hub.ts'
import type { GatewayParts } from '../gateway-parts.ts'
import { createGateway } from '../server.ts'
import { smallOnDevice } from './small-on-device.ts'

export const appToken = 'hp-app-0123456789abcdef0123456789abcdef'
export const otherAppToken = 'hp-app-fedcba9876543210fedcba9876543210'
export const sessionToken = 'hp-session-0123456789abcdef'
export const controlToken = 'hp-control-0123456789abcdef'
export const goodCode = 'code-0123456789'
export const uiOrigin = 'app://homeport'
export const traceId = '0192f0c0ffee7000800000000000beef'

/** Credentials of a gateway in a test; `pause` and `revoke` work as the person's click does. */
export function smallAccess() {
  const principals = new Map<string, Principal>([
    [appToken, { kind: 'app-key', id: 'key-1', name: 'Editor', limits: noLimits, isPaused: false }],
    [otherAppToken, { kind: 'app-key', id: 'key-2', name: 'Script', limits: noLimits, isPaused: false }],
    [sessionToken, { kind: 'session' }],
    [controlToken, { kind: 'control' }]
  ])
  const listeners: ((keyId: string) => void)[] = []
  let code: string | null = goodCode
  return {
    authenticate: (token: string) => principals.get(token) ?? null,
    onRevoked: (listener: (keyId: string) => void) => void listeners.push(listener),
    redeemCode(given: string) {
      if (given !== code) return null
      code = null
      return { token: sessionToken, expiresAt: 1 }
    },
    pause(token: string) {
      const principal = principals.get(token)
      if (principal?.kind === 'app-key') principals.set(token, { ...principal, isPaused: true })
    },
    revoke(token: string) {
      const principal = principals.get(token)
      principals.delete(token)
      if (principal?.kind === 'app-key') for (const listener of listeners) listener(principal.id)
    }
  }
}

export const smallModels: Model[] = ['acme/m1', 'on-device/org/tiny'].map((id) => ({
  id,
  providerId: id.slice(0, id.indexOf('/')),
  providerName: 'A provider',
  name: id,
  onDevice: false,
  contextTokens: null,
  maxOutputTokens: null,
  priced: true,
  abilities: {}
}))

export const someUsage: Usage = {
  input: { total: 12, noCache: 8, cacheRead: 4, cacheWrite5m: 0, cacheWrite1h: 0 },
  output: { total: 7, text: 4, reasoning: 3 }
}

/** Responses that are kept for as long as the test runs. */
export function smallResponses(): StoredResponses {
  const kept: { key: string; response: StoredResponse }[] = []
  const find = (key: string, id: string) =>
    kept.find((entry) => entry.key === key && entry.response.id === id)?.response ?? null
  const conversation = (key: string, id: string): StoredResponse[] | null => {
    const last = find(key, id)
    if (last === null || last.previousId === null) return last && [last]
    const before = conversation(key, last.previousId)
    return before && [...before, last]
  }
  return {
    find,
    conversation,
    keep: (key, response) => void kept.push({ key, response }),
    belongsToAnother: (key, id) => kept.some((entry) => entry.key !== key && entry.response.id === id),
    findItem: (key, itemId) =>
      kept
        .filter((entry) => entry.key === key)
        .flatMap(({ response }) => (Array.isArray(response.response.output) ? response.response.output : []))
        .find(({ id }) => id === itemId) ?? null,
    async remove(key, id) {
      const at = kept.findIndex((entry) => entry.key === key && entry.response.id === id)
      if (at !== -1) kept.splice(at, 1)
      return at !== -1
    },
    prune: async () => {}
  }
}

export type Script = (input: CallInput) => Promise<AsyncIterable<ChatEvent>> | AsyncIterable<ChatEvent>

const smallOutcome: CallOutcome = {
  status: 'ok',
  error: null,
  usage: null,
  finish: 'stop',
  text: '',
  reasoning: '',
  textTruncated: false,
  wire: null,
  firstTokenMs: null,
  durationMs: 1,
  servedModel: null,
  cost: { kind: 'priced', nanoUsd: 1_250_000, source: 'test' },
  savedNanoUsd: null
}

/** A pipeline that answers with what the script yields, and remembers what it was asked. */
export function smallPipeline(script: Script, head: Partial<CallResult['head']> = {}) {
  const calls: CallInput[] = []
  const pipeline: Pipeline = {
    async call(input) {
      calls.push(input)
      return {
        head: { wireDialect: null, headers: {}, warnings: [], ...head },
        events: await script(input),
        done: Promise.resolve(smallOutcome),
        traceId,
        model: input.model
      }
    }
  }
  return { pipeline, calls }
}

export async function* events(...list: ChatEvent[]): AsyncGenerator<ChatEvent> {
  yield* list
}

/** Waits until the caller aborts, then throws as a provider does. */
export function untilAborted(signal: AbortSignal): Promise<never> {
  return new Promise((_, reject) => {
    if (signal.aborted) reject(signal.reason)
    signal.addEventListener('abort', () => reject(signal.reason))
  })
}

/** Handlers that answer with their route and input. */
export function echoHandlers(overrides: Partial<AppHandlers> = {}): AppHandlers {
  const echoes = Object.keys(appRoutes).map((route) => [
    route,
    async (input: object) => ({ route, ...input })
  ])
  // the gateway passes answers on without a look, so their shape does not matter here
  return { ...Object.fromEntries(echoes), ...overrides } as AppHandlers
}

/** A gateway that listens on a free port. Close it after the test. */
export async function startGateway(overrides: Partial<GatewayParts> = {}) {
  const access = smallAccess()
  const { pipeline, calls } = smallPipeline(() => events({ parts: [{ type: 'text-delta', text: 'Hi.' }] }))
  const hub = createEventHub({ capacity: 100 })
  const gateway = createGateway({
    ...access,
    pipeline,
    models: () => smallModels,
    onDevice: smallOnDevice().onDevice,
    responses: smallResponses(),
    appHandlers: echoHandlers(),
    metrics: async () => 'homeport_calls_total 1\n',
    events: hub,
    uiOrigins: [uiOrigin],
    rendererDir: null,
    isPaused: () => false,
    version: '1.2.3',
    logger: silentLogger,
    ...overrides
  })
  const port = await gateway.listen(0)
  return { gateway, port, access, hub, calls, close: () => gateway.close() }
}
export type RunningGateway = Awaited<ReturnType<typeof startGateway>>

export const bearer = (token: string) => ({ authorization: `Bearer ${token}` })
export const jsonType = { 'content-type': 'application/json' }
export const chatBody = JSON.stringify({ model: 'acme/m1', messages: [{ role: 'user', content: 'Hello' }] })
