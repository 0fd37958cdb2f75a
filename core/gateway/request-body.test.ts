import { gzipSync } from 'node:zlib'
import { afterEach, expect, test } from 'vitest'
import type { GatewayLimits } from './limits.ts'
import { RawConnection, type RawRequest, send } from './testing/raw-http.ts'
import {
  appToken,
  bearer,
  chatBody,
  jsonType,
  type RunningGateway,
  sessionToken,
  startGateway
} from './testing/small-gateway.ts'

const path = '/v1/chat/completions'
let running: RunningGateway | null = null
const connections: RawConnection[] = []
afterEach(async () => {
  for (const { socket } of connections.splice(0)) socket.destroy()
  await running?.close()
  running = null
})
async function start(limits: Partial<GatewayLimits> = {}) {
  running = await startGateway({ limits })
  const { port } = running
  return {
    ...running,
    post: (request: RawRequest) => send(port, { method: 'POST', path, ...request }),
    connection() {
      const connection = new RawConnection(port)
      connections.push(connection)
      return connection
    }
  }
}
const head = (port: number, lines: string[]) =>
  [
    `POST ${path} HTTP/1.1`,
    `Host: 127.0.0.1:${port}`,
    `Authorization: Bearer ${appToken}`,
    ...lines,
    '',
    ''
  ].join('\r\n')

test.each([
  'text/plain',
  'text/plain;charset=application/json',
  'multipart/form-data; boundary=x',
  'application/x-www-form-urlencoded',
  'application/jsonx',
  'application/json; charset=utf-16',
  ''
])('refuses content type "%s" with 415 and calls no model', async (type) => {
  const { post, calls } = await start()
  const answer = await post({ headers: { ...bearer(appToken), 'content-type': type }, body: chatBody })
  expect(answer.status).toBe(415)
  expect(calls).toHaveLength(0)
})

test('refuses a body without a content type, on every kind of route', async () => {
  const { post } = await start()
  expect((await post({ headers: bearer(appToken), body: chatBody })).status).toBe(415)
  expect((await post({ path: '/app/codes', headers: bearer(sessionToken), body: '{}' })).status).toBe(415)
  expect((await post({ path: '/app/session', body: '{"code":"x"}' })).status).toBe(415)
})

test.each(['application/json', 'application/json; charset=utf-8', 'Application/JSON;charset="UTF-8"'])(
  'takes content type "%s"',
  async (type) => {
    const { post } = await start()
    const answer = await post({ headers: { ...bearer(appToken), 'content-type': type }, body: chatBody })
    expect(answer.status).toBe(200)
  }
)

test('refuses a compressed body unread, so that none can unfold into more than it weighs', async () => {
  const { post } = await start()
  for (const encoding of ['gzip', 'deflate', 'br', 'zstd', 'identity, gzip']) {
    const headers = { ...bearer(appToken), ...jsonType, 'content-encoding': encoding }
    expect((await post({ headers, body: gzipSync(chatBody) })).status).toBe(415)
  }
})

test('refuses one byte above the limit by its announced length, and takes one exactly at it', async () => {
  const limit = chatBody.length
  const { post, connection, port } = await start({ bodyBytes: limit })
  const headers = { ...bearer(appToken), ...jsonType }
  expect((await post({ headers, body: chatBody })).status).toBe(200)
  const answer = await post({ headers, body: `${chatBody} ` })
  expect(answer.status).toBe(413)
  expect(JSON.parse(answer.text).error.code).toBe('request_too_large')

  const raw = connection()
  raw.socket.write(head(port, ['Content-Type: application/json', 'Content-Length: 1000000000']))
  expect(await raw.until('}}')).toContain('HTTP/1.1 413')
  await raw.closed
})

test('refuses an endless body without a length at the limit, closes the socket and keeps little of it', async () => {
  const { connection, port } = await start()
  const chunk = Buffer.alloc(256 * 1024, 'x')
  const frame = Buffer.concat([Buffer.from(`${chunk.length.toString(16)}\r\n`), chunk, Buffer.from('\r\n')])
  /** How much the process, which is client and server in one, grew meanwhile. */
  const growthOfOne = async (): Promise<number> => {
    const raw = connection()
    const before = process.memoryUsage.rss()
    let peak = before
    raw.socket.write(head(port, ['Content-Type: application/json', 'Transfer-Encoding: chunked']))
    let sent = 0
    const pump = () => {
      while (!raw.socket.destroyed && raw.socket.write(frame)) sent += frame.length
      peak = Math.max(peak, process.memoryUsage.rss())
    }
    raw.socket.on('drain', pump)
    pump()
    expect(await raw.until('}}')).toContain('HTTP/1.1 413')
    await raw.closed
    expect(sent).toBeGreaterThan(63 * 1024 * 1024)
    return peak - before
  }
  // garbage that waits for its collection counts too, and how much waits differs: what is kept shows in the least
  const growths = [await growthOfOne(), await growthOfOne(), await growthOfOne()]
  expect(Math.min(...growths)).toBeLessThan(2 * 64 * 1024 * 1024)
})

test('a client that asks before sending is told no without sending, and yes otherwise', async () => {
  const { connection, port } = await start({ bodyBytes: 1000 })
  const refused = connection()
  refused.socket.write(
    head(port, ['Content-Type: application/json', 'Content-Length: 2000', 'Expect: 100-continue'])
  )
  expect(await refused.until('}}')).toMatch(/^HTTP\/1.1 413/)

  const accepted = connection()
  accepted.socket.write(
    head(port, [
      'Content-Type: application/json',
      `Content-Length: ${chatBody.length}`,
      'Expect: 100-continue'
    ])
  )
  await accepted.until('HTTP/1.1 100 Continue')
  accepted.socket.write(chatBody)
  expect(await accepted.until('"chat.completion"')).toContain('HTTP/1.1 200')
})

test('a length that contradicts the encoding is refused', async () => {
  const { connection, port, calls } = await start()
  const raw = connection()
  const lengths = ['Content-Type: application/json', 'Content-Length: 5', 'Transfer-Encoding: chunked']
  raw.socket.write(`${head(port, lengths)}0\r\n\r\n`)
  expect(await raw.until('\r\n\r\n')).toContain('HTTP/1.1 400')
  await raw.closed
  expect(calls).toHaveLength(0)
})

test('closes a connection whose headers come one byte at a time, or not at all', async () => {
  const { connection, port } = await start({ headersTimeoutMs: 200 })
  const silent = connection()
  const slow = connection()
  const text = head(port, ['Content-Type: application/json'])
  let at = 0
  const drip = setInterval(() => slow.socket.write(text[at++] ?? 'x'), 50)
  await Promise.all([slow.closed, silent.closed])
  clearInterval(drip)
  expect(at).toBeLessThan(text.length)
})

test('closes a connection whose body does not arrive in time', async () => {
  const { connection, port, calls } = await start({ headersTimeoutMs: 200, requestTimeoutMs: 300 })
  const slow = connection()
  slow.socket.write(`${head(port, ['Content-Type: application/json', 'Content-Length: 100'])}{`)
  await slow.closed
  expect(calls).toHaveLength(0)
})

test('still answers while 1,000 connections lie idle', async () => {
  const { connection, port, post } = await start()
  const idle = Array.from({ length: 1000 }, connection)
  for (const { socket } of idle) socket.write(`GET /health HTTP/1.1\r\nHost: 127.0.0.1:${port}\r\n\r\n`)
  await Promise.all(idle.map((each) => each.until('"ok":true')))
  const answer = await post({ headers: { ...bearer(appToken), ...jsonType }, body: chatBody })
  expect(answer.status).toBe(200)
  expect(idle.every(({ socket }) => !socket.destroyed)).toBe(true)
})
