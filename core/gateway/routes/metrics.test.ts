import { afterEach, expect, test } from 'vitest'
import { send } from '../testing/raw-http.ts'
import {
  appToken,
  bearer,
  controlToken,
  type RunningGateway,
  sessionToken,
  startGateway
} from '../testing/small-gateway.ts'

let running: RunningGateway | null = null
afterEach(async () => {
  await running?.close()
  running = null
})

async function ask(method: string, token: string | null, isPaused = false) {
  running ??= await startGateway({ metrics: async () => 'homeport_é 1\n', isPaused: () => isPaused })
  return send(running.port, { method, path: '/metrics', headers: token === null ? {} : bearer(token) })
}

test('gives Prometheus its text for an app key, also while the gateway is paused', async () => {
  const answer = await ask('GET', appToken, true)
  expect(answer).toMatchObject({ status: 200, text: 'homeport_é 1\n' })
  expect(answer.headers['content-type']).toBe('text/plain; version=0.0.4; charset=utf-8')
  expect(await ask('HEAD', appToken)).toMatchObject({ status: 200, text: '' })
})

test.each([
  ['GET', null, 401],
  ['GET', 'wrong', 401],
  ['GET', sessionToken, 404],
  ['GET', controlToken, 404],
  ['POST', appToken, 405]
] as const)('%s with the credential %s is refused with %i', async (method, token, status) => {
  expect((await ask(method, token)).status).toBe(status)
})
