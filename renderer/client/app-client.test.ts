import { describe, expect, it } from 'vitest'
import { callRoute, readEvents } from './app-client.ts'
import { AppRequestError } from './app-request-error.ts'

const endpoint = { baseUrl: 'http://127.0.0.1:7678', token: 'tok' }

/** A daemon of one answer; `seen` holds what reached it. */
function daemon(body: string, status = 200) {
  const seen: Request[] = []
  const fetchFn: typeof fetch = async (input, init) => {
    seen.push(new Request(input, init))
    return new Response(body, { status })
  }
  return { seen, fetchFn }
}

describe('callRoute', () => {
  it('fills and escapes path parameters and sends the token', async () => {
    const { seen, fetchFn } = daemon('{"ok":true}')
    const answer = await callRoute(endpoint, 'DELETE /app/keys/:id', { params: { id: 'a/b' } }, fetchFn)
    expect(answer).toEqual({ ok: true })
    expect(seen[0]?.method).toBe('DELETE')
    expect(seen[0]?.url).toBe('http://127.0.0.1:7678/app/keys/a%2Fb')
    expect(seen[0]?.headers.get('authorization')).toBe('Bearer tok')
  })

  it('sends a JSON body with every POST, because the daemon refuses other content types', async () => {
    const { seen, fetchFn } = daemon('{"ok":true}')
    await callRoute(endpoint, 'POST /app/shutdown', {}, fetchFn)
    expect(seen[0]?.headers.get('content-type')).toBe('application/json')
    expect(await seen[0]?.text()).toBe('{}')
  })

  it('writes the query', async () => {
    const { seen, fetchFn } = daemon('{"chats":[]}')
    await callRoute(endpoint, 'GET /app/chats', { query: { search: 'a b', limit: 5 } }, fetchFn)
    expect(seen[0]?.url).toBe('http://127.0.0.1:7678/app/chats?search=a+b&limit=5')
  })

  it("rejects with the daemon's words and what to do", async () => {
    const error = { code: 'bad-request', message: 'No.', action: 'Do this.', traceId: null }
    const { fetchFn } = daemon(JSON.stringify({ error }), 400)
    const failure = await callRoute(endpoint, 'GET /app/info', {}, fetchFn).catch((thrown: unknown) => thrown)
    expect(failure).toBeInstanceOf(AppRequestError)
    expect(failure).toMatchObject({ message: 'No.', action: 'Do this.', status: 400, code: 'bad-request' })
  })

  it('gives up waiting when its signal says so', async () => {
    const never: typeof fetch = (_, init) =>
      new Promise((_resolve, reject) =>
        init?.signal?.addEventListener('abort', () => reject(init.signal?.reason))
      )
    const stop = new AbortController()
    const answer = callRoute(endpoint, 'GET /app/info', {}, never, stop.signal)
    stop.abort('enough')
    await expect(answer).rejects.toBe('enough')
  })

  it('refuses an answer of another shape instead of passing it on', async () => {
    const { fetchFn } = daemon('{"chats":"<script>"}')
    await expect(callRoute(endpoint, 'GET /app/chats', {}, fetchFn)).rejects.toThrow('does not understand')
  })

  it('says that the daemon is not answering when nothing listens', async () => {
    const fetchFn: typeof fetch = () => Promise.reject(new TypeError('Failed to fetch'))
    await expect(callRoute(endpoint, 'GET /app/info', {}, fetchFn)).rejects.toMatchObject({
      code: 'unreachable'
    })
  })
})

describe('readEvents', () => {
  const signal = new AbortController().signal

  it('resumes after the last event and drops events it does not know', async () => {
    const { seen, fetchFn } = daemon(
      [
        'id: e-1\ndata: {"epoch":"e","seq":1,"event":{"type":"execute","code":"alert(1)"}}\n\n',
        'id: e-2\ndata: not json\n\n',
        'id: e-3\ndata: {"epoch":"e","seq":3,"event":{"type":"models-changed"}}\n\n'
      ].join('')
    )
    const events = []
    for await (const event of readEvents(endpoint, { lastEventId: 'e-0', signal }, fetchFn))
      events.push(event)
    expect(seen[0]?.headers.get('last-event-id')).toBe('e-0')
    expect(events).toEqual([{ epoch: 'e', seq: 3, event: { type: 'models-changed' } }])
  })

  it('rejects with status 401 when the token is no longer good', async () => {
    const { fetchFn } = daemon('{}', 401)
    const stream = readEvents(endpoint, { lastEventId: null, signal }, fetchFn)
    await expect(stream.next()).rejects.toMatchObject({ status: 401 })
  })
})
