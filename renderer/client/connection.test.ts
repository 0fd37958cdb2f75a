import { afterEach, describe, expect, it } from 'vitest'
import type { SequencedEvent } from '../../core/contract/events.ts'
import { backOff, Connection, type ConnectionState } from './connection.ts'
import type { Host, HostAnswer } from './host.ts'

const endpoint = { baseUrl: 'http://127.0.0.1:7678', token: 't1' }
const ready: HostAnswer = { state: 'ready', endpoint }
const running: AbortController[] = []

afterEach(() => {
  for (const controller of running.splice(0)) controller.abort()
})

/** A host that gives these answers one after the other, the last one for ever. */
function host(...answers: HostAnswer[]): Host & { rejected: string[]; change: () => void } {
  let listener = (): void => undefined
  const rejected: string[] = []
  return {
    rejected,
    change: () => listener(),
    async connect() {
      const answer = answers.length > 1 ? answers.shift() : answers[0]
      if (!answer) throw new Error('no answer')
      return answer
    },
    reject: (token) => void rejected.push(token),
    onChanged: (next) => {
      listener = next
    }
  }
}

const line = (epoch: string, seq: number): string =>
  `id: ${epoch}-${seq}\ndata: ${JSON.stringify({ epoch, seq, event: { type: 'models-changed' } })}\n\n`

function start(connection: Connection): ConnectionState[] {
  const states: ConnectionState[] = []
  connection.store.subscribe((state) => states.push(state))
  const controller = new AbortController()
  running.push(controller)
  void connection.run(controller.signal)
  return states
}

function until(connection: Connection, state: ConnectionState['state']): Promise<void> {
  return new Promise((resolve) => {
    if (connection.store.getState().state === state) return resolve()
    const stop = connection.store.subscribe((next) => {
      if (next.state !== state) return
      stop()
      resolve()
    })
  })
}

/** A response that stays open until the signal aborts. */
function openStream(text: string, signal: AbortSignal | null | undefined): Response {
  const body = new ReadableStream<Uint8Array>({
    start(controller) {
      controller.enqueue(new TextEncoder().encode(text))
      signal?.addEventListener('abort', () => controller.error(new DOMException('aborted', 'AbortError')))
    }
  })
  return new Response(body)
}

describe('Connection', () => {
  it('resumes a broken stream after the last event it got', async () => {
    const resumed: (string | null)[] = []
    const fetchFn: typeof fetch = async (_, init) => {
      resumed.push(new Headers(init?.headers).get('last-event-id'))
      return resumed.length === 1 ? new Response(line('e', 4)) : openStream(line('e', 5), init?.signal)
    }
    const connection = new Connection(host(ready), fetchFn)
    const events: SequencedEvent[] = []
    const second = new Promise<void>((resolve) => {
      connection.subscribe((event) => {
        events.push(event)
        if (events.length === 2) resolve()
      })
    })
    const states = start(connection)
    await second
    expect(resumed).toEqual([null, 'e-4'])
    expect(events.map((event) => event.seq)).toEqual([4, 5])
    expect(states.map((state) => state.state)).toEqual(['ready', 'lost', 'ready'])
  })

  it('resumes where it joined when the stream breaks before the first event', async () => {
    const resumed: (string | null)[] = []
    const fetchFn: typeof fetch = async (_, init) => {
      resumed.push(new Headers(init?.headers).get('last-event-id'))
      return resumed.length === 1 ? new Response('id: e-7\n\n') : openStream(line('e', 8), init?.signal)
    }
    const connection = new Connection(host(ready), fetchFn)
    const first = new Promise((resolve) => connection.subscribe(resolve))
    start(connection)
    await first
    expect(resumed).toEqual([null, 'e-7'])
  })

  it('drops a refused token and shows what the host says then', async () => {
    const fetchFn: typeof fetch = async () => new Response('{}', { status: 401 })
    const browser = host(ready, { state: 'signed-out', message: null })
    const connection = new Connection(browser, fetchFn)
    start(connection)
    await until(connection, 'signed-out')
    expect(browser.rejected).toEqual(['t1'])
  })

  it('lets calls wait for the first connection', async () => {
    const fetchFn: typeof fetch = async (input, init) =>
      String(input).endsWith('/app/events')
        ? openStream('', init?.signal)
        : new Response(JSON.stringify({ models: [] }))
    const connection = new Connection(host(ready), fetchFn)
    const call = connection.invoke('GET /app/models')
    start(connection)
    await expect(call).resolves.toEqual({ models: [] })
  })

  it('asks the host again when it reports a change', async () => {
    const fetchFn: typeof fetch = async (_, init) => openStream('', init?.signal)
    const moved: HostAnswer = { state: 'ready', endpoint: { ...endpoint, token: 't2' } }
    const desktop = host(ready, moved)
    const connection = new Connection(desktop, fetchFn)
    start(connection)
    await until(connection, 'ready')
    const again = new Promise<void>((resolve) => {
      connection.store.subscribe((state) => {
        if (state.state === 'ready' && state.endpoint.token === 't2') resolve()
      })
    })
    desktop.change()
    await again
  })

  it('waits longer after each failure, up to five seconds', () => {
    expect([0, 1, 2, 10].map(backOff)).toEqual([250, 500, 1000, 5000])
  })
})
