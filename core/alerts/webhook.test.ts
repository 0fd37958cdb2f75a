import { createServer, type RequestListener, type Server } from 'node:http'
import { describe, expect, onTestFinished, test } from 'vitest'
import { createWebhook, type WebhookOptions } from './webhook.ts'

async function serve(listener: RequestListener): Promise<number> {
  const server: Server = createServer(listener)
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  onTestFinished(() => {
    server.closeAllConnections()
    server.close()
  })
  const address = server.address()
  return typeof address === 'object' && address ? address.port : 0
}

/** A server that answers with these statuses, one after the other, and keeps what it got. */
async function hook(...statuses: number[]) {
  const got: { method: string | undefined; type: string | undefined; body: string }[] = []
  const port = await serve(async (request, response) => {
    let body = ''
    for await (const chunk of request) body += chunk
    got.push({ method: request.method, type: request.headers['content-type'], body })
    response
      .writeHead(statuses[got.length - 1] ?? 500, { location: 'http://127.0.0.1:1/' })
      .end('x'.repeat(1e5))
  })
  return { url: `http://127.0.0.1:${port}/hook`, port, got }
}

const never = new AbortController().signal
const quick: WebhookOptions = { pausesMs: [1, 1] }
type Resolve = NonNullable<WebhookOptions['resolve']>
const addresses =
  (...found: string[]): Resolve =>
  (_, __, callback) =>
    callback(
      null,
      found.map((address) => ({ address, family: address.includes(':') ? 6 : 4 }))
    )

test('posts JSON, once where it is taken', async () => {
  const { url, got } = await hook(204)
  await createWebhook(quick)(url, { title: 'Grüße' }, never)
  expect(got).toEqual([{ method: 'POST', type: 'application/json', body: '{"title":"Grüße"}' }])
})

test.each([
  [500, 503, 200],
  [429, 408, 200]
])('tries again after %i and %i', async (...statuses) => {
  const { url, got } = await hook(...statuses)
  await createWebhook(quick)(url, {}, never)
  expect(got).toHaveLength(3)
})

test('gives up after three tries', async () => {
  const { url, got } = await hook()
  await expect(createWebhook(quick)(url, {}, never)).rejects.toThrow('answered 500')
  expect(got).toHaveLength(3)
})

test.each([400, 404, 302, 307])('takes %i for an answer, and follows nothing', async (status) => {
  const { url, got } = await hook(status)
  await expect(createWebhook(quick)(url, {}, never)).rejects.toThrow(`answered ${status}`)
  expect(got).toHaveLength(1)
})

test('gives up on a server that says nothing, and tries again', async () => {
  let asked = 0
  const port = await serve(() => {
    asked++
  })
  const post = createWebhook({ ...quick, timeoutMs: 300 })
  await expect(post(`http://127.0.0.1:${port}/`, {}, never)).rejects.toThrow(/abort|timeout/i)
  expect(asked).toBe(3)
})

test('stops at once when the daemon does', async () => {
  const { url, got } = await hook()
  const closing = new AbortController()
  const posting = createWebhook({ pausesMs: [60_000, 60_000] })(url, {}, closing.signal)
  const ended = expect(posting).rejects.toThrow(/abort/i)
  await expect.poll(() => got.length).toBe(1)
  closing.abort()
  await ended
})

describe('an address', () => {
  test.each(['http://nas.local/', 'http://10.0.0.1/', 'https://169.254.169.254/', 'https://[fe80::1]/'])(
    '%s is refused',
    async (url) => {
      await expect(createWebhook(quick)(url, {}, never)).rejects.toMatchObject({ code: 'bad-request' })
    }
  )

  test('that leads to another network than its name says gets nothing', async () => {
    const { port, got } = await hook(200)
    const post = createWebhook({ ...quick, resolve: addresses('127.0.0.1', '10.0.0.1') })
    await expect(post(`https://hooks.example.com:${port}/`, {}, never)).rejects.toThrow(/another network/)
    expect(got).toEqual([])
  })

  test('of this machine may be a name', async () => {
    const { port, got } = await hook(200)
    const post = createWebhook({ ...quick, resolve: addresses('10.0.0.1', '127.0.0.1') })
    await post(`http://localhost:${port}/hook`, {}, never)
    expect(got).toHaveLength(1)
  })
})
