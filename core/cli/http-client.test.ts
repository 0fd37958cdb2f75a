import { once } from 'node:events'
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http'
import type { AddressInfo } from 'node:net'
import { afterEach, expect, test } from 'vitest'
import { createHttpClient, type HttpClient } from './http-client.ts'

type Handler = (request: IncomingMessage, response: ServerResponse, body: string) => void

const cleanups: (() => void)[] = []
afterEach(() => {
  for (const cleanup of cleanups.splice(0)) cleanup()
})

async function clientOf(handler: Handler): Promise<HttpClient> {
  const server = createServer(async (request, response) => {
    let body = ''
    for await (const chunk of request) body += String(chunk)
    handler(request, response, body)
  })
  server.listen(0, '127.0.0.1')
  await once(server, 'listening')
  const { port } = server.address() as AddressInfo
  const client = createHttpClient({ port, pid: 1, version: '0.0.0', controlToken: 'control' })
  cleanups.push(() => {
    client.close()
    server.closeAllConnections()
    server.close()
  })
  return client
}

const json = (response: ServerResponse, status: number, body: unknown): void => {
  response.writeHead(status, { 'content-type': 'application/json' }).end(JSON.stringify(body))
}

test('a call carries the control token and its body, and gives the checked answer', async () => {
  const client = await clientOf((request, response, body) => {
    expect(request.headers.authorization).toBe('Bearer control')
    expect([request.method, request.url, JSON.parse(body)]).toEqual(['POST', '/app/codes', {}])
    json(response, 200, { code: 'c', expiresAt: 1, url: 'http://127.0.0.1:1/#code=c', unknown: true })
  })
  expect(await client.invoke('POST /app/codes')).toEqual({
    code: 'c',
    expiresAt: 1,
    url: 'http://127.0.0.1:1/#code=c'
  })
})

test('parts of the path and the query are escaped, and no body goes with DELETE and GET', async () => {
  const seen: unknown[] = []
  const client = await clientOf((request, response, body) => {
    seen.push([request.method, request.url, request.headers['content-type'], body])
    json(response, 200, request.method === 'GET' ? { chats: [] } : { ok: true })
  })
  await client.invoke('DELETE /app/keys/:id', { params: { id: 'a/b?c' } })
  await client.invoke('GET /app/chats', { query: { search: 'a&b' } })
  expect(seen).toEqual([
    ['DELETE', '/app/keys/a%2Fb%3Fc', undefined, ''],
    ['GET', '/app/chats?search=a%26b', undefined, '']
  ])
})

test("a refusal becomes an error with the daemon's words", async () => {
  const client = await clientOf((_, response) =>
    json(response, 400, { error: { code: 'bad-request', message: 'No', action: 'Do', traceId: null } })
  )
  await expect(client.invoke('GET /app/info')).rejects.toMatchObject({
    code: 'bad-request',
    status: 400,
    message: 'No',
    action: 'Do'
  })
})

test.each([
  ['no JSON', 200, 'hello'],
  ['an answer of another shape', 200, '{"code":1}'],
  ['an error without a body', 500, ''],
  ['a redirect', 302, '']
])('%s is an error, never an answer', async (_, status, text) => {
  const client = await clientOf((_request, response) =>
    response.writeHead(status, { location: '/elsewhere' }).end(text)
  )
  await expect(client.invoke('POST /app/codes')).rejects.toMatchObject({ code: 'internal' })
})

test('a daemon that is gone, or goes away in the middle, is unavailable', async () => {
  const gone = createHttpClient({ port: 1, pid: 1, version: '0.0.0', controlToken: 'control' })
  await expect(gone.invoke('GET /app/info')).rejects.toMatchObject({ code: 'unavailable' })
  const client = await clientOf((_, response) => {
    response.writeHead(200, { 'content-length': '100' }).write('{')
    response.socket?.destroy()
  })
  await expect(client.invoke('GET /app/info')).rejects.toMatchObject({ code: 'unavailable' })
})

test('events come in order, across pieces; unknown ones are passed over; an abort ends them', async () => {
  const event = (seq: number, type: string) =>
    `data: ${JSON.stringify({ epoch: 'e', seq, event: { type } })}\n\n`
  const stopped = Promise.withResolvers<void>()
  const client = await clientOf((_, response) => {
    response.on('close', stopped.resolve)
    response.writeHead(200, { 'content-type': 'text/event-stream' })
    const text = `id: e-0\n\n: keep-alive\n\n${event(1, 'models-changed')}${event(2, 'from-the-future')}${event(3, 'keys-changed')}`
    response.write(text.slice(0, 40))
    setImmediate(() => response.write(text.slice(40)))
  })
  const abort = new AbortController()
  const seen: number[] = []
  for await (const { seq } of await client.subscribe(abort.signal)) {
    seen.push(seq)
    if (seen.length === 2) break
  }
  abort.abort()
  await stopped.promise
  expect(seen).toEqual([1, 3])
})

test.each(['before it answers', 'in the middle of an answer'])(
  'a call that is given up ends at the daemon too, %s',
  async (moment) => {
    const asked = Promise.withResolvers<void>()
    const stopped = Promise.withResolvers<void>()
    const client = await clientOf((_, response) => {
      response.on('close', stopped.resolve)
      if (moment !== 'before it answers') {
        response.writeHead(200, { 'content-type': 'application/json' })
        response.write('{"hits":')
      }
      asked.resolve()
    })
    const abort = new AbortController()
    const answer = client.invoke('GET /app/search', { query: { q: 'x' } }, abort.signal)
    await asked.promise
    abort.abort(new Error('given up'))
    await expect(answer).rejects.toThrow('given up')
    await stopped.promise
  }
)

test('a refused event stream is the refusal, not an empty stream', async () => {
  const client = await clientOf((_, response) =>
    json(response, 403, { error: { code: 'not-allowed', message: 'No', action: null, traceId: null } })
  )
  await expect(client.subscribe(new AbortController().signal)).rejects.toMatchObject({ code: 'not-allowed' })
})
