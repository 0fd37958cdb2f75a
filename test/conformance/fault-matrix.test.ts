import { mkdtempSync, rmSync } from 'node:fs'
import type { AddressInfo } from 'node:net'
import { createServer } from 'node:net'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest'
import type { Daemon } from '../../core/contract/running-daemon.ts'
import { openDaemon } from '../../core/daemon.ts'
import { type FakeUpstream, fakeModels, startFakeUpstream } from '../support/fake-upstream.ts'
import { waitUntil } from '../support/wait-until.ts'
import { type ClientDialect, clients } from './faults/clients.ts'
import { type Fault, faults } from './faults/fault-list.ts'
import { type FaultyUpstream, startFaultyUpstream } from './faults/faulty-upstream.ts'
import { type WireShape, wireShapeOf } from './faults/wire-shape.ts'

// Every fault of an upstream, at every kind of provider, plain and streamed: what the client sees in its own dialect,
// whether another model is asked, and what the ledger says.

/** The kinds, and the dialects their callers speak: OpenAI's, and where it is another, the vendor's own. */
const kinds: {
  kind: string
  basePath: string
  callers: ClientDialect[]
  options?: Record<string, string>
}[] = [
  { kind: 'openai-compatible', basePath: '/v1', callers: ['openai-chat', 'ollama-chat'] },
  { kind: 'openai', basePath: '/v1', callers: ['openai-responses'] },
  { kind: 'azure', basePath: '', callers: ['openai-responses'] },
  { kind: 'anthropic', basePath: '', callers: ['openai-chat', 'anthropic-messages'] },
  { kind: 'google', basePath: '/v1beta', callers: ['openai-chat', 'google-generate'] },
  { kind: 'cohere', basePath: '', callers: ['openai-chat'] }
]

// most of a case is waiting: for a second try, or for a silence to be long enough
vi.setConfig({ maxConcurrency: 24 })

let daemon: Daemon
let baseUrl: string
let key: string
let good: FakeUpstream
let dataDir: string
let closedPort: number
let cases = 0
let timersBefore: number

const timers = () => process.getActiveResourcesInfo().filter((kind) => kind === 'Timeout').length

beforeAll(async () => {
  process.env.HOMEPORT_SECRETS = 'file'
  dataDir = mkdtempSync(path.join(tmpdir(), 'homeport-faults-'))
  daemon = await openDaemon({
    dataDir,
    logLevel: 'error',
    version: '0.0.0',
    rendererDir: null,
    uiOrigins: [],
    spawnChild: () => {
      throw new Error('no model of this machine is asked here')
    }
  })
  baseUrl = `http://127.0.0.1:${await daemon.listen(0)}`
  good = await startFakeUpstream()
  await daemon.invoke('POST /app/providers', { body: { id: 'good', baseUrl: good.baseUrl } })
  key = (await daemon.invoke('POST /app/keys', { body: { name: 'Matrix' } })).secret
  const server = createServer()
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  closedPort = (server.address() as AddressInfo).port
  await new Promise((resolve) => server.close(resolve))
  timersBefore = timers()
})
afterAll(async () => {
  await daemon?.close()
  await good?.close()
  rmSync(dataDir, { recursive: true, force: true })
})

for (const { kind, basePath, callers } of kinds) {
  describe.each(callers)(`${kind}, asked in %s`, (dialect) => {
    const client = clients[dialect]
    const shape = wireShapeOf(kind)

    for (const fault of faults) {
      for (const stream of [false, true]) {
        const name = `${fault.name}, ${stream ? 'streamed' : 'plain'}`
        it.concurrent(name, async () => {
          const faulty = await addFaulty(kind, basePath, fault, shape)
          try {
            await alone(faulty, fault, stream)
            await withAnother(faulty, fault, stream)
            await waitUntil(() => faulty.upstream === null || faulty.upstream.open === 0)
          } finally {
            await faulty.upstream?.close()
          }
        })
      }
    }

    async function alone({ only }: Faulty, fault: Fault, stream: boolean): Promise<void> {
      const response = await client.ask(baseUrl, key, only, stream)
      const body = await response.text()
      const { seen } = (stream && fault.streamed) || fault.expected
      if (seen === 'answered') {
        expect(response.status, body).toBe(200)
        expect(client.errorIn(body)).toBeNull()
        if (stream) expect(client.isComplete(body)).toBe(true)
        expect(await statusOf(response)).toBe('ok')
        return
      }
      expect(client.errorIn(body)?.message, body).toBeTruthy()
      if (typeof seen === 'number') expect(response.status, body).toBe(seen)
      else if (seen === 'cut') expect(response.status, body).toBe(200)
      if (response.status === 200) expect(client.isComplete(body)).toBe(false)
      const isCut = seen === 'cut' || (seen === 'told' && response.status === 200)
      expect(await statusOf(response)).toMatch(isCut ? /^cut$/ : /^(error|cut)$/)
    }

    async function withAnother({ safe, upstream }: Faulty, fault: Fault, stream: boolean): Promise<void> {
      const before = upstream?.calls ?? 0
      const response = await client.ask(baseUrl, key, safe, stream)
      const body = await response.text()
      const { fallsBack } = (stream && fault.streamed) || fault.expected
      const answeredBy = response.headers.get('x-homeport-model')
      if (fallsBack) {
        expect(response.status, body).toBe(200)
        expect(answeredBy).toBe(`good/${fakeModels.small}`)
        expect(client.errorIn(body)).toBeNull()
        expect(await statusOf(response)).toBe('ok')
      } else {
        expect(answeredBy).not.toBe(`good/${fakeModels.small}`)
      }
      // a target that failed is left alone for a while, or asked again a few times
      if (upstream) expect(upstream.calls - before).toBeLessThanOrEqual(3)
    }
  })
}

it('leaves no timer behind', async () => {
  await waitUntil(() => timers() <= timersBefore)
})

interface Faulty {
  /** An alias with the faulty model alone, and one that has another after it. */
  only: string
  safe: string
  upstream: FaultyUpstream | null
}

async function addFaulty(
  kind: string,
  basePath: string,
  { address, misbehave, isSilent }: Fault,
  shape: WireShape
): Promise<Faulty> {
  const id = `f${++cases}`
  const upstream = misbehave ? await startFaultyUpstream(misbehave, shape) : null
  const port = upstream?.port ?? (address === 'no-tls' ? good.port : closedPort)
  const origin =
    address === 'unknown-host'
      ? 'https://no-such-host.invalid'
      : `${address === 'no-tls' ? 'https' : 'http'}://127.0.0.1:${port}`
  for (const provider of [id, `${id}s`]) {
    await daemon.invoke('POST /app/providers', {
      body: {
        id: provider,
        kind,
        baseUrl: `${origin}${basePath}`,
        key: 'sk-test',
        models: ['m'],
        force: true
      }
    })
  }
  const timeouts = isSilent ? { firstTokenTimeoutMs: 700, idleTimeoutMs: 700 } : {}
  await daemon.invoke('PUT /app/aliases/:name', {
    params: { name: `${id}-only` },
    body: { targets: [{ model: `${id}/m` }], ...timeouts }
  })
  await daemon.invoke('PUT /app/aliases/:name', {
    params: { name: `${id}-safe` },
    // a provider of its own: what the first call did to the other's health must not matter
    body: { targets: [{ model: `${id}s/m` }, { model: `good/${fakeModels.small}` }], ...timeouts }
  })
  return { only: `${id}-only`, safe: `${id}-safe`, upstream }
}

/** How the ledger's trace of an answer says that it ended. */
async function statusOf(response: Response): Promise<string> {
  const id = response.headers.get('x-homeport-trace-id')
  expect(id).toBeTruthy()
  const trace = await waitUntil(async () => {
    const { traces } = await daemon.invoke('GET /app/traces', { query: { limit: 500 } })
    return traces.find((candidate) => candidate.id === id)
  })
  return trace.status
}
