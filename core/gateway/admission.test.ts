import type { OutgoingHttpHeaders } from 'node:http'
import { afterEach, describe, expect, test } from 'vitest'
import { appRoutes } from '../contract/app-routes.ts'
import type { Logger } from '../lib/logger.ts'
import { silentLogger } from '../lib/logger.ts'
import { dialects } from './dialect-list.ts'
import type { GatewayParts } from './gateway-parts.ts'
import { RawConnection, type RawRequest, send } from './testing/raw-http.ts'
import {
  appToken,
  bearer,
  chatBody,
  controlToken,
  goodCode,
  jsonType,
  otherAppToken,
  type RunningGateway,
  sessionToken,
  startGateway,
  uiOrigin
} from './testing/small-gateway.ts'

let running: RunningGateway | null = null
afterEach(async () => {
  await running?.close()
  running = null
})
async function start(overrides: Partial<GatewayParts> = {}) {
  running = await startGateway(overrides)
  const { port } = running
  return { ...running, ask: (request: RawRequest) => send(port, request) }
}

describe('where a request comes from', () => {
  test.each([
    'evil.example:PORT',
    '127.0.0.1.nip.io:PORT',
    'localhost.evil.com:PORT',
    'localhost.:PORT',
    '0.0.0.0:PORT',
    '2130706433:PORT',
    '127.1:PORT',
    '[::ffff:127.0.0.1]:PORT',
    '127.0.0.1',
    'localhost',
    '127.0.0.1:1',
    'user@127.0.0.1:PORT',
    '127.0.0.1:PORT, evil.example',
    ''
  ])('refuses Host "%s" with 403 and no body, also with a valid key', async (host) => {
    const { ask, port } = await start()
    const headers = { ...bearer(appToken), host: host.replace('PORT', String(port)) }
    const answer = await ask({ path: '/v1/models', headers })
    expect(answer).toMatchObject({ status: 403, text: '' })
    expect((await ask({ path: '/health', headers })).status).toBe(403)
  })

  test('refuses two Host headers, whichever comes first', async () => {
    const { port } = await start()
    const good = `Host: 127.0.0.1:${port}\r\n`
    const evil = 'Host: evil.example\r\n'
    for (const hosts of [good + evil, evil + good]) {
      const connection = new RawConnection(port)
      connection.socket.write(`GET /health HTTP/1.1\r\n${hosts}\r\n`)
      expect(await connection.until('\r\n\r\n')).toMatch(/^HTTP\/1.1 40[03] /)
      connection.socket.destroy()
    }
  })

  test.each(['localhost:PORT', '127.0.0.1:PORT', '[::1]:PORT', 'LOCALHOST:PORT'])(
    'answers Host "%s"',
    async (host) => {
      const { ask, port } = await start()
      const headers = { ...bearer(appToken), host: host.replace('PORT', String(port)) }
      expect((await ask({ path: '/v1/models', headers })).status).toBe(200)
    }
  )

  test.each([
    'https://evil.example',
    'null',
    'http://127.0.0.1:1',
    'app://homeport.evil.example',
    'APP://HOMEPORT',
    'http://127.0.0.1:PORT'
  ])('refuses Origin "%s" in spite of a valid key', async (origin) => {
    const { ask, port } = await start()
    const headers = { ...bearer(sessionToken), origin: origin.replace('PORT', String(port)) }
    const answer = await ask({ path: '/app/info', headers })
    expect(answer).toMatchObject({ status: 403, text: '' })
    expect(answer.headers['access-control-allow-origin']).toBeUndefined()
  })

  test('lets a page of the app read answers, and says that the answer depends on the origin', async () => {
    const { ask } = await start()
    const answer = await ask({ path: '/app/info', headers: { ...bearer(sessionToken), origin: uiOrigin } })
    expect(answer.status).toBe(200)
    expect(answer.headers).toMatchObject({ 'access-control-allow-origin': uiOrigin, vary: 'Origin' })
  })

  test("takes the gateway's own origin when it serves the pages, without any CORS header", async () => {
    const { ask, port } = await start({ rendererDir: '/nonexistent' })
    for (const host of ['127.0.0.1', 'localhost']) {
      const origin = `http://${host}:${port}`
      const answer = await ask({ path: '/app/info', headers: { ...bearer(sessionToken), origin } })
      expect(answer.status).toBe(200)
      expect(answer.headers['access-control-allow-origin']).toBeUndefined()
    }
  })

  test('refuses an upgrade from a foreign origin', async () => {
    const { ask } = await start()
    const headers = {
      ...bearer(sessionToken),
      origin: 'https://evil.example',
      connection: 'upgrade',
      upgrade: 'websocket'
    }
    expect((await ask({ path: '/app/events', headers })).status).toBe(403)
  })

  test('refuses before the body is read', async () => {
    const { ask, calls } = await start()
    const headers = {
      ...bearer(appToken),
      ...jsonType,
      origin: 'https://evil.example',
      'content-length': 1e9
    }
    const answer = await ask({ method: 'POST', path: '/v1/chat/completions', headers, body: '{' })
    expect(answer.status).toBe(403)
    expect(calls).toHaveLength(0)
  })

  test('logs a foreign Host once', async () => {
    const warnings: unknown[] = []
    const logger: Logger = { ...silentLogger, warn: (fields) => void warnings.push(fields) }
    const { ask } = await start({ logger })
    await ask({ headers: { host: 'evil.example' } })
    await ask({ headers: { host: 'evil.example' } })
    expect(warnings).toEqual([{ host: 'evil.example' }])
  })
})

describe('preflight', () => {
  const preflight = (origin: string): RawRequest => ({
    method: 'OPTIONS',
    path: '/app/info',
    headers: {
      origin,
      'access-control-request-method': 'PATCH',
      'access-control-request-headers': 'authorization,content-type',
      'access-control-request-private-network': 'true'
    }
  })

  test('of a foreign page is refused without any Access-Control header', async () => {
    const { ask } = await start()
    for (const origin of ['https://evil.example', 'null']) {
      const answer = await ask(preflight(origin))
      expect(answer.status).toBe(403)
      expect(Object.keys(answer.headers).filter((name) => name.startsWith('access-control'))).toEqual([])
    }
  })

  test('of the app is answered without a credential', async () => {
    const { ask } = await start()
    const answer = await ask(preflight(uiOrigin))
    expect(answer.status).toBe(204)
    expect(answer.headers).toMatchObject({
      'access-control-allow-origin': uiOrigin,
      'access-control-allow-methods': expect.stringContaining('PATCH'),
      'access-control-allow-headers': expect.stringContaining('authorization'),
      'access-control-allow-private-network': 'true'
    })
  })

  test('an OPTIONS that is none of it needs a credential like anything else', async () => {
    const { ask } = await start()
    expect((await ask({ method: 'OPTIONS', path: '/v1/models' })).status).toBe(401)
    expect((await ask({ method: 'OPTIONS', path: '/v1/models', headers: bearer(appToken) })).status).toBe(405)
  })
})

describe('credentials', () => {
  const wrong = appToken.replace('0', '1')

  test('every carrier of an app key is taken', async () => {
    const { ask } = await start()
    for (const headers of [
      { authorization: `Bearer ${appToken}` },
      { authorization: `bearer ${appToken}` },
      { 'x-api-key': appToken },
      { 'api-key': appToken },
      { 'x-goog-api-key': appToken },
      { authorization: `Bearer ${appToken}`, 'x-api-key': appToken }
    ]) {
      expect((await ask({ path: '/v1/models', headers })).status).toBe(200)
    }
  })

  test('nothing, something wrong, and the right key in the wrong place all get the same 401', async () => {
    const { ask } = await start()
    const bodies = new Set<string>()
    const attempts: [path: string, headers: Record<string, string | string[]>][] = [
      ['/v1/models', {}],
      ['/v1/models', { authorization: `Bearer ${wrong}` }],
      ['/v1/models', { authorization: appToken }],
      ['/v1/models', { authorization: `Basic ${appToken}` }],
      ['/v1/models', { authorization: 'Bearer ' }],
      ['/v1/models', { authorization: [`Bearer ${appToken}`, `Bearer ${wrong}`] }],
      ['/v1/models', { 'x-api-key': wrong }],
      ['/v1/models', { 'x-api-key': [appToken, appToken] }],
      ['/v1/models', { 'api-key': wrong }],
      ['/v1/models', { 'x-goog-api-key': wrong }],
      ['/v1/models', { authorization: `Bearer ${appToken}`, 'x-api-key': wrong }],
      ['/v1/models', { cookie: `token=${appToken}; authorization=${appToken}` }],
      [`/v1/models?api_key=${appToken}&key=${appToken}&token=${appToken}`, {}],
      ['/v1/models', bearer(sessionToken)],
      ['/v1/models', bearer(controlToken)]
    ]
    for (const [path, headers] of attempts) {
      const answer = await ask({ path, headers: headers as OutgoingHttpHeaders })
      expect(answer.status, JSON.stringify([path, headers])).toBe(401)
      expect(answer.headers['www-authenticate']).toBe('Bearer')
      bodies.add(answer.text)
    }
    expect([...bodies]).toEqual([expect.stringContaining('"code":"invalid_api_key"')])
  })

  test('an app key cannot control Homeport, a session and the control token can', async () => {
    const { ask } = await start()
    const answer = await ask({ path: '/app/info', headers: bearer(appToken) })
    expect(answer.status).toBe(403)
    expect(JSON.parse(answer.text).error.code).toBe('not-allowed')
    expect((await ask({ path: '/app/info', headers: bearer(sessionToken) })).status).toBe(200)
    expect((await ask({ path: '/app/info', headers: bearer(controlToken) })).status).toBe(200)
  })

  test('every route but the named ones refuses a request without a credential', async () => {
    const { ask } = await start()
    const routes = [
      ...Object.keys(appRoutes),
      ...dialects.flatMap(({ addresses }) => addresses),
      'GET /app/events',
      'GET /',
      'GET /metrics',
      'GET /mcp'
    ]
    for (const route of routes) {
      const [method = '', pattern = ''] = route.split(' ')
      if (route === 'POST /app/session') continue
      const answer = await ask({ method, path: pattern.replaceAll(/:\w+/g, 'x') })
      expect(answer.status, route).toBe(401)
    }
    const health = await ask({ path: '/health' })
    expect(health.status).toBe(200)
    expect(JSON.parse(health.text)).toEqual({ ok: true, version: '1.2.3' })
  })

  test('a code opens one session, once', async () => {
    const { ask } = await start()
    const redeem = (code: string) =>
      ask({ method: 'POST', path: '/app/session', headers: jsonType, body: JSON.stringify({ code }) })
    expect((await redeem('wrong')).status).toBe(401)
    const answer = await redeem(goodCode)
    expect(answer.status).toBe(200)
    expect(JSON.parse(answer.text).token).toBe(sessionToken)
    expect(answer.headers['cache-control']).toBe('no-store')
    expect((await redeem(goodCode)).status).toBe(401)
    expect((await ask({ path: `/app/session?code=${goodCode}` })).status).toBe(401)
  })

  test('guessing codes is slowed down', async () => {
    const { ask } = await start({ limits: { codeRate: { perSecond: 0.001, burst: 3 } } })
    const guess = () =>
      ask({ method: 'POST', path: '/app/session', headers: jsonType, body: '{"code":"guess"}' })
    const statuses = [await guess(), await guess(), await guess(), await guess()].map(({ status }) => status)
    expect(statuses).toEqual([401, 401, 401, 429])
  })

  test('a program that runs wild is slowed down, others are not', async () => {
    const { ask } = await start({ limits: { rate: { perSecond: 0.5, burst: 2 } } })
    const list = (token: string) => ask({ path: '/v1/models', headers: bearer(token) })
    expect((await list(appToken)).status).toBe(200)
    expect((await list(appToken)).status).toBe(200)
    const refused = await list(appToken)
    expect(refused.status).toBe(429)
    expect(refused.headers['retry-after']).toBe('2')
    expect(JSON.parse(refused.text).error.code).toBe('rate_limit_exceeded')
    expect((await list(otherAppToken)).status).toBe(200)
  })

  test('the next request of a revoked key is refused', async () => {
    const { ask, access } = await start()
    access.revoke(appToken)
    expect((await ask({ path: '/v1/models', headers: bearer(appToken) })).status).toBe(401)
  })
})

describe('methods and addresses', () => {
  test('no state-changing route answers GET', async () => {
    const { ask } = await start()
    const reads = new Set(Object.keys(appRoutes).filter((route) => route.startsWith('GET ')))
    for (const route of Object.keys(appRoutes)) {
      const [, pattern = ''] = route.split(' ')
      if (reads.has(`GET ${pattern}`)) continue
      const answer = await ask({ path: pattern.replaceAll(/:\w+/g, 'x'), headers: bearer(sessionToken) })
      expect(answer.status, route).toBe(405)
      expect(answer.headers.allow, route).toContain(route.split(' ')[0])
    }
    const chat = await ask({ path: '/v1/chat/completions', headers: bearer(appToken) })
    expect(chat.status).toBe(405)
    expect(chat.headers.allow).toBe('POST')
  })

  test('HEAD is GET without a body', async () => {
    const { ask } = await start()
    const list = await ask({ method: 'HEAD', path: '/v1/models', headers: bearer(appToken) })
    expect(list).toMatchObject({ status: 200, text: '' })
    expect(Number(list.headers['content-length'])).toBeGreaterThan(0)
    expect((await ask({ method: 'HEAD', path: '/app/info', headers: bearer(sessionToken) })).status).toBe(200)
    expect((await ask({ method: 'HEAD', path: '/health' })).status).toBe(200)
    expect((await ask({ method: 'HEAD', path: '/app/events', headers: bearer(sessionToken) })).status).toBe(
      405
    )
  })

  test('an unknown address is a 404 in the words of its API', async () => {
    const { ask } = await start()
    const dialect = await ask({ path: '/v1/nothing', headers: bearer(appToken) })
    expect(dialect.status).toBe(404)
    expect(JSON.parse(dialect.text).error).toMatchObject({ type: 'invalid_request_error', param: null })
    const app = await ask({ path: '/app/nothing', headers: bearer(sessionToken) })
    expect(app.status).toBe(404)
    expect(JSON.parse(app.text).error).toMatchObject({ code: 'not-found', action: null, traceId: null })
    for (const path of ['/', '/metrics', '/app', '/v1', '/app/chats/a/b/c', '//app/info', '/app/info/']) {
      expect((await ask({ path, headers: bearer(sessionToken) })).status, path).toBe(404)
    }
  })

  test('a paused gateway refuses the dialects and nothing else', async () => {
    const { ask, calls } = await start({ isPaused: () => true })
    const post = { method: 'POST', path: '/v1/chat/completions', body: chatBody }
    const chat = await ask({ ...post, headers: { ...bearer(appToken), ...jsonType } })
    expect(chat.status).toBe(503)
    expect(JSON.parse(chat.text).error.code).toBe('gateway_paused')
    expect((await ask({ path: '/v1/models', headers: bearer(appToken) })).status).toBe(503)
    expect((await ask({ path: '/v1/models' })).status).toBe(401)
    expect((await ask({ path: '/app/info', headers: bearer(sessionToken) })).status).toBe(200)
    expect(calls).toHaveLength(0)
  })

  test.each([
    ['/v1/chat/completions', bearer(appToken), { error: { code: 'permission_denied' } }],
    ['/v1/messages', { 'x-api-key': appToken }, { type: 'error', error: { type: 'permission_error' } }],
    [
      '/v1beta/models/m1:generateContent',
      { 'x-goog-api-key': appToken },
      { error: { status: 'PERMISSION_DENIED' } }
    ],
    ['/api/chat', bearer(appToken), { error: expect.any(String) }]
  ])('a paused key is refused at %s in its own words, and told how to go on', async (path, key, words) => {
    const { ask, calls, access } = await start()
    access.pause(appToken)
    const refused = await ask({ method: 'POST', path, body: chatBody, headers: { ...key, ...jsonType } })
    expect(refused.status).toBe(403)
    expect(JSON.parse(refused.text)).toMatchObject(words)
    expect(refused.text).toContain('The app key “Editor” is paused. Resume it')
    expect(calls).toHaveLength(0)
    expect((await ask({ path: '/v1/models', headers: bearer(otherAppToken) })).status).toBe(200)
  })
})
