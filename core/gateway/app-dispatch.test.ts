import { afterEach, expect, test } from 'vitest'
import { appRoutes, successStatus } from '../contract/app-routes.ts'
import { appErrorSchema } from '../contract/errors.ts'
import { HomeportError } from '../errors/homeport-error.ts'
import { EncodedJson } from '../lib/encoded-json.ts'
import type { AppHandlers } from './app-handlers.ts'
import { send } from './testing/raw-http.ts'
import {
  bearer,
  echoHandlers,
  jsonType,
  type RunningGateway,
  sessionToken,
  startGateway,
  untilAborted
} from './testing/small-gateway.ts'

let running: RunningGateway | null = null
afterEach(async () => {
  await running?.close()
  running = null
})
async function start(overrides: Partial<AppHandlers> = {}) {
  running = await startGateway({ appHandlers: echoHandlers(overrides) })
  const { port } = running
  return async (route: string, body?: string) => {
    const [method = '', path = ''] = route.split(' ')
    const headers = { ...bearer(sessionToken), ...(body !== undefined && jsonType) }
    const answer = await send(port, { method, path, headers, ...(body !== undefined && { body }) })
    return { ...answer, json: answer.text === '' ? null : JSON.parse(answer.text) }
  }
}

test('every route of the contract reaches its own handler, with its status', async () => {
  const ask = await start()
  const budget = '{"name":"All","scope":{"kind":"all"},"limitNanoUsd":1,"period":"day"}'
  const alert = '{"name":"Failures","kind":"error-rate","threshold":10,"windowMinutes":15}'
  const bodies: Record<string, string> = {
    'POST /app/gateway': '{"paused":true}',
    'POST /app/keys': '{"name":"Editor"}',
    'POST /app/providers': '{"id":"acme","baseUrl":"https://acme.example/v1"}',
    'PUT /app/aliases/:name': '{"targets":[{"model":"acme/m1"}]}',
    'POST /app/route-preview': '{"model":"auto"}',
    'PUT /app/config': '{"yaml":""}',
    'POST /app/local-models': '{"path":"/models/a.gguf"}',
    'POST /app/chats/:id/turns': '{"parentId":null,"text":"Hi","model":"acme/m1"}',
    'PATCH /app/model-hub': '{"token":"hf_1"}',
    'POST /app/downloads': '{"repo":"acme/m1-GGUF","file":"m1.gguf"}',
    'PATCH /app/downloads/:id': '{"paused":true}',
    'POST /app/traces/:id/replay': '{"model":"acme/m1"}',
    'POST /app/trace-erasure': '{"ids":["x1"]}',
    'PUT /app/trace-views': '{"views":[]}',
    'PUT /app/telemetry/export-headers': '{"headers":{"authorization":"Bearer a"}}',
    'POST /app/costs/what-if': '{"instead":{"kind":"on-device"}}',
    'PUT /app/prices/overrides': JSON.stringify({
      vendor: 'openai',
      model: 'm1',
      rates: { input: 1, cacheRead: 1, cacheWrite5m: 1, cacheWrite1h: 1, output: 1 }
    }),
    'POST /app/prices/recompute': '{"from":"2026-11-01","until":"2026-12-01"}',
    'POST /app/budgets': budget,
    'PUT /app/budgets/:id': budget,
    'POST /app/alerts': alert,
    'PUT /app/alerts/:id': alert,
    'POST /app/notices/read': '{"id":null}',
    'POST /app/knowledge/sources': '{"folder":"/notes"}',
    'POST /app/knowledge/notes': '{"sourceId":"notes","chatId":"c1"}',
    'POST /app/knowledge/tool-calls':
      '{"tool":"t","arguments":{},"startedAt":1,"durationMs":1,"status":"ok","found":0,"answer":null,"errorMessage":null}'
  }
  const queries: Record<string, string> = {
    'GET /app/search': '?q=tea',
    'GET /app/knowledge/estimate': '?folder=/notes&embedder=built-in',
    'GET /app/knowledge/note': '?source=notes&path=Home.md',
    'GET /app/knowledge/graph': '?source=notes&path=Home.md',
    'GET /app/model-search': '?query=small',
    'GET /app/model-search/files': '?repo=acme/m1-GGUF',
    'DELETE /app/prices/overrides': '?vendor=openai&model=m1'
  }
  for (const route of Object.keys(appRoutes)) {
    if (route === 'POST /app/session') continue
    const answer = await ask(route.replaceAll(/:\w+/g, 'x1') + (queries[route] ?? ''), bodies[route])
    expect(answer.json.route, `${route}: ${answer.text}`).toBe(route)
    expect(answer.json.params).toEqual(
      Object.fromEntries([...route.matchAll(/:(\w+)/g)].map(([, name]) => [name, 'x1']))
    )
    expect(answer.status).toBe(successStatus[route as keyof typeof successStatus] ?? 200)
    expect(answer.headers['cache-control']).toBe('no-store')
  }
})

test('what a handler has encoded is sent as it is', async () => {
  const sent = { name: 'Nörd', nested: [1, null] }
  const encoded = new EncodedJson<never>(Buffer.from(JSON.stringify(sent)))
  const ask = await start({ 'GET /app/traces/:id': async () => encoded })
  const answer = await ask('GET /app/traces/x1')
  expect(answer.json).toEqual(sent)
  expect(answer.headers).toMatchObject({ 'content-type': 'application/json', 'cache-control': 'no-store' })
})

test('hands over what the contract makes of the input: decoded, converted, with defaults', async () => {
  const ask = await start()
  expect((await ask('GET /app/chats?search=a%20b&limit=7')).json.query).toEqual({ search: 'a b', limit: 7 })
  expect((await ask('GET /app/traces')).json.query).toEqual({ limit: 100 })
  expect((await ask('DELETE /app/local-models/org%2Ftiny')).json.params).toEqual({ id: 'org/tiny' })
  const turn = await ask('POST /app/chats/c/turns', '{"parentId":null,"text":"Hi","model":"a/b"}')
  expect(turn.json.body).toMatchObject({ feature: 'chat' })
})

test.each([
  ['POST /app/keys', '{"name":""}', 'name'],
  ['POST /app/keys', '{}', 'name'],
  ['POST /app/keys', '[]', null],
  ['POST /app/keys', '{"name":"x","admin":true}', 'admin'],
  ['POST /app/keys', '{"name":"x","name":"y"}', null],
  ['POST /app/keys', '{"name":', null],
  ['POST /app/codes', '{"x":1}', 'x'],
  ['PATCH /app/settings', '{"appearance":"blue"}', 'appearance'],
  ['GET /app/chats?limit=0', undefined, 'limit'],
  ['GET /app/chats?limit=1&limit=2', undefined, null],
  ['GET /app/info?token=abc', undefined, 'token'],
  ['DELETE /app/chats/%zz', undefined, null]
])('refuses %s with %s, saying what is wrong', async (route, body, word) => {
  const ask = await start()
  const answer = await ask(route, body)
  expect(answer.status).toBe(400)
  expect(appErrorSchema.parse(answer.json).error.code).toBe('bad-request')
  if (word !== null) expect(answer.json.error.message).toContain(word)
})

test("a handler's error arrives with what the person can do", async () => {
  const ask = await start({
    'GET /app/info': async () => {
      throw new HomeportError('unavailable', 'The data is locked.', { action: 'Close the other one.' })
    }
  })
  const answer = await ask('GET /app/info')
  expect(answer.status).toBe(503)
  expect(answer.json).toEqual({
    error: {
      code: 'unavailable',
      message: 'The data is locked.',
      action: 'Close the other one.',
      traceId: null
    }
  })
})

test('a handler that breaks, or answers with what is no JSON, is a constant 500 and nothing worse', async () => {
  const circular: { self?: unknown } = {}
  circular.self = circular
  const ask = await start({
    'GET /app/info': () => {
      throw new TypeError('secret at /home/someone')
    },
    'GET /app/doctor': async () => circular as never,
    'GET /app/keys': () => Promise.reject(undefined)
  })
  for (const route of ['GET /app/info', 'GET /app/doctor', 'GET /app/keys']) {
    const answer = await ask(route)
    expect(answer.status).toBe(500)
    expect(answer.json.error).toEqual({
      code: 'internal',
      message: 'Something went wrong inside Homeport.',
      action: null,
      traceId: null
    })
  }
  expect((await ask('GET /app/models')).status).toBe(200)
})

test('a handler whose caller goes away is told so', async () => {
  const asked = Promise.withResolvers<AbortSignal>()
  await start({
    'POST /app/local-models/:id/load': ({ signal }) => {
      asked.resolve(signal)
      return untilAborted(signal)
    }
  })
  const caller = new AbortController()
  const answer = fetch(`http://127.0.0.1:${running?.port}/app/local-models/tiny/load`, {
    method: 'POST',
    headers: bearer(sessionToken),
    signal: caller.signal
  })
  const signal = await asked.promise
  caller.abort()
  await expect(answer).rejects.toThrow()
  await expect(untilAborted(signal)).rejects.toThrow()
})
