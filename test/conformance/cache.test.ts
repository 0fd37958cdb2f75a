import { afterAll, beforeAll, expect, test } from 'vitest'
import { type DaemonProcess, startDaemon } from '../support/daemon-process.ts'
import { runCommand } from '../support/homeport-command.ts'
import {
  type ScriptedUpstream,
  sendChunks,
  sendJson,
  startScriptedUpstream
} from '../support/scripted-upstream.ts'

let upstream: ScriptedUpstream
let daemon: DaemonProcess
let secret = ''
const usage = { prompt_tokens: 1000, completion_tokens: 1000, total_tokens: 2000 }

beforeAll(async () => {
  upstream = await startScriptedUpstream(['gpt-4o'])
  upstream.answers['chat/completions'] = ({ json }, response) => {
    const chunk = { id: 'c1', object: 'chat.completion.chunk', created: 1, model: 'gpt-4o' }
    const message = { role: 'assistant', content: 'Hello there.', refusal: null }
    if (json?.stream)
      sendChunks(response, [
        { ...chunk, choices: [{ index: 0, delta: { content: 'Hello ' }, finish_reason: null }] },
        { ...chunk, choices: [{ index: 0, delta: { content: 'there.' }, finish_reason: 'stop' }] },
        { ...chunk, choices: [], usage }
      ])
    else
      sendJson(response, {
        ...chunk,
        object: 'chat.completion',
        choices: [{ index: 0, message, finish_reason: 'stop' }],
        usage
      })
  }
  daemon = await startDaemon()
  await daemon.app('POST /app/providers', { id: 'up', baseUrl: upstream.baseUrl, pricing: 'openai' })
  secret = (await daemon.app('POST /app/keys', { name: 'cached' })).secret
})
afterAll(async () => {
  await daemon?.stop()
  await upstream?.close()
})

const asked = () => upstream.requests.filter(({ path }) => path === 'chat/completions').length

async function ask(fields: object = {}, headers: Record<string, string> = {}) {
  const response = await fetch(`${daemon.baseUrl}/v1/chat/completions`, {
    method: 'POST',
    headers: { authorization: `Bearer ${secret}`, 'content-type': 'application/json', ...headers },
    body: JSON.stringify({ model: 'up/gpt-4o', messages: [{ role: 'user', content: 'Hi' }], ...fields })
  })
  const text = await response.text()
  const header = (name: string) => response.headers.get(name)
  return {
    status: response.status,
    cache: header('x-homeport-cache'),
    cost: header('x-homeport-cost'),
    text,
    header
  }
}

const homeport = async (...args: string[]) => {
  const { stdout, stderr, code } = await runCommand([...args, '--data-dir', daemon.dataDir])
  expect(stderr).toBe('')
  expect(code).toBe(0)
  return stdout
}

test('nothing is kept until a person wants it; then the same request is answered for free', async () => {
  expect((await ask()).cache).toBe('off')
  await homeport('cache', 'on', '--ttl', '600')
  const miss = await ask()
  expect([miss.cache, asked()]).toEqual(['miss', 2])
  await expect.poll(async () => (await daemon.app('GET /app/cache')).entries).toBe(1)
  const hit = await ask()
  expect(hit).toMatchObject({ status: 200, cache: 'hit', cost: '0.000000000', text: miss.text })
  expect(hit.header('x-homeport-model')).toBe('up/gpt-4o')
  expect(asked()).toBe(2)
})

test('a stream is answered from a plain answer, as a stream', async () => {
  const before = asked()
  const { cache, text } = await ask({ stream: true })
  expect(cache).toBe('hit')
  expect(text).toMatch(/^data: .*"content":"Hello there\."/m)
  expect(text).toMatch(/data: \[DONE\]\n\n$/)
  expect(asked()).toBe(before)
})

test('what it saved is known, outlives a restart, and can be cleared', async () => {
  await daemon.stop({ keep: true })
  daemon = await startDaemon({ dataDir: daemon.dataDir })
  const before = asked()
  expect((await ask()).cache).toBe('hit')
  expect(asked()).toBe(before)
  await expect
    .poll(() => daemon.app('GET /app/cache'))
    .toMatchObject({ entries: 1, hits: 3, misses: 1, savedNanoUsd: expect.any(Number) })
  const { savedNanoUsd } = await daemon.app('GET /app/cache')
  // gpt-4o: 2.50 and 10 dollars for a million tokens
  expect(savedNanoUsd).toBe(3 * (2_500_000 + 10_000_000))
  expect(await homeport('cache', 'status')).toContain('3 of 4 times')
  expect(await homeport('cache', 'clear')).toBe('Forgot 1 answer.\n')
  const { status, text } = await ask({}, { 'x-homeport-cache': 'only' })
  expect(status).toBe(504)
  expect(JSON.parse(text)).toMatchObject({ error: { message: expect.stringContaining('is kept') } })
})
