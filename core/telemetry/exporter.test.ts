import { createServer } from 'node:net'
import { expect, onTestFinished, test, vi } from 'vitest'
import { answers, callOf, callsIn, openExporter, spansIn, startCollector } from './export.test-support.ts'

const never: Parameters<typeof startCollector>[number] = () => {}
const hangUp: Parameters<typeof startCollector>[number] = (response) => void response.destroy()

test('nothing leaves while it is off, and nothing is kept to leave later', async () => {
  const { url, received } = await startCollector()
  const { exporter, set } = openExporter(null)
  exporter.add(callOf('a'))
  expect(await exporter.status()).toMatchObject({ url: null, headers: [], waiting: 0, sent: 0 })
  set({ exportUrl: url })
  exporter.add(callOf('b'))
  await vi.waitFor(() => expect(callsIn(received)).toEqual(['b']))
})

test('calls that wait are forgotten when it is turned off', async () => {
  const { url, received } = await startCollector()
  const { exporter, set } = openExporter(url, { batchMs: 60_000 })
  exporter.add(callOf('a'))
  set({ exportUrl: null })
  set({ exportUrl: url })
  await exporter.close()
  expect(received).toEqual([])
})

test('what came from other programs is not sent on', async () => {
  const { url, received } = await startCollector()
  const { exporter } = openExporter(url)
  exporter.add(callOf('theirs', { source: 'otlp' }))
  exporter.add(callOf('ours'))
  await vi.waitFor(() => expect(callsIn(received)).toEqual(['ours']))
})

test('calls that end at about the same time go together, as gzipped JSON', async () => {
  const { url, received } = await startCollector()
  const { exporter } = openExporter(`${url}/otel/`, { batchMs: 20 })
  for (const name of ['a', 'b', 'c']) exporter.add(callOf(name))
  await vi.waitFor(() => expect(received).toHaveLength(1))
  const [request] = received
  expect(request).toMatchObject({
    path: '/otel/v1/traces',
    headers: { 'content-type': 'application/json', 'content-encoding': 'gzip' }
  })
  expect(callsIn(received)).toEqual(['a', 'b', 'c'])
  await vi.waitFor(async () =>
    expect(await exporter.status()).toMatchObject({ waiting: 0, sent: 3, dropped: 0, lastError: null })
  )
})

test('a full batch does not wait, and more than one request is never on its way', async () => {
  const begun: (() => void)[] = []
  const { url, received } = await startCollector((response) => begun.push(() => response.end('{}')))
  const { exporter } = openExporter(`${url}/v1/traces`, { batchMs: 60_000, batchCalls: 2 })
  for (const name of ['a', 'b', 'c', 'd']) exporter.add(callOf(name))
  await vi.waitFor(() => expect(begun).toHaveLength(1))
  expect(received).toHaveLength(1)
  begun[0]?.()
  await vi.waitFor(() => expect(callsIn(received)).toEqual(['a', 'b', 'c', 'd']))
})

test.each([
  ['503', answers(503)],
  ['429', answers(429, { 'retry-after': '0' })],
  ['a connection that is closed', hangUp]
])('after %s the same calls are sent again', async (_, respond) => {
  const { url, received } = await startCollector(respond, respond)
  const { exporter } = openExporter(url)
  exporter.add(callOf('a'))
  await vi.waitFor(async () => expect(await exporter.status()).toMatchObject({ sent: 1, waiting: 0 }))
  expect(received).toHaveLength(3)
  expect(callsIn(received.slice(2))).toEqual(['a'])
})

test('a collector that says to wait is left alone for so long', async () => {
  const { url, received } = await startCollector(answers(429, { 'retry-after': '3600' }, 'slow down'))
  const { exporter } = openExporter(url)
  exporter.add(callOf('a'))
  await vi.waitFor(async () =>
    expect(await exporter.status()).toMatchObject({
      waiting: 1,
      lastError: { message: 'The collector answered 429: slow down' }
    })
  )
  exporter.add(callOf('b'))
  await new Promise((resolve) => setTimeout(resolve, 50))
  expect(received).toHaveLength(1)
})

test('a collector that stalls is given up after a while, and asked again', async () => {
  const { url, received } = await startCollector(never)
  const { exporter } = openExporter(url, { timeoutMs: 30 })
  exporter.add(callOf('a'))
  await vi.waitFor(async () => expect(await exporter.status()).toMatchObject({ sent: 1 }))
  expect(received).toHaveLength(2)
})

test('where nobody listens, calls wait, and the status says why', async () => {
  const { url, close } = await startCollector()
  close()
  const { exporter } = openExporter(url, { firstPauseMs: 60_000 })
  exporter.add(callOf('a'))
  await vi.waitFor(async () =>
    expect(await exporter.status()).toMatchObject({
      waiting: 1,
      sent: 0,
      lastError: { message: expect.stringContaining('connection refused') }
    })
  )
})

test.each([400, 401, 404, 500])('what is refused with %i is not sent again', async (status) => {
  const { url, received } = await startCollector(answers(status, {}, 'no'))
  const { exporter } = openExporter(url)
  exporter.add(callOf('a'))
  await vi.waitFor(async () =>
    expect(await exporter.status()).toMatchObject({
      waiting: 0,
      dropped: 1,
      lastError: { message: `The collector answered ${status}: no` }
    })
  )
  exporter.add(callOf('b'))
  await vi.waitFor(async () => expect(await exporter.status()).toMatchObject({ sent: 1, lastError: null }))
  expect(callsIn(received.slice(1))).toEqual(['b'])
})

test('a redirect is not followed', async () => {
  const elsewhere = await startCollector()
  const { url } = await startCollector(answers(307, { location: elsewhere.url }))
  const { exporter } = openExporter(url)
  exporter.add(callOf('a'))
  await vi.waitFor(async () => expect(await exporter.status()).toMatchObject({ dropped: 1 }))
  expect(elsewhere.received).toEqual([])
})

test('spans that the collector left out are told of', async () => {
  const partial = '{"partialSuccess":{"rejectedSpans":"2","errorMessage":"too old"}}'
  const { url } = await startCollector(answers(200, {}, partial))
  const { exporter } = openExporter(url)
  exporter.add(callOf('a'))
  await vi.waitFor(async () =>
    expect(await exporter.status()).toMatchObject({
      sent: 1,
      lastError: { message: 'The collector refused 2 spans: too old' }
    })
  )
})

test('when too many wait, the oldest go, and are counted', async () => {
  const { url, received } = await startCollector(answers(503))
  const { exporter, set } = openExporter(url, { maxCalls: 3, firstPauseMs: 60_000 })
  exporter.add(callOf('a'))
  await vi.waitFor(async () => expect((await exporter.status()).lastError).not.toBeNull())
  for (const name of ['b', 'c', 'd', 'e']) exporter.add(callOf(name))
  expect(await exporter.status()).toMatchObject({ waiting: 3, dropped: 2 })
  set({ exportBodies: false })
  await vi.waitFor(() => expect(callsIn(received.slice(1))).toEqual(['c', 'd', 'e']))
})

test('large texts count towards what may wait', async () => {
  const { url } = await startCollector()
  const { exporter } = openExporter(url, { batchMs: 60_000, maxBytes: 1_000_000 })
  for (let n = 0; n < 4; n++) exporter.add(callOf('a', {}, { responseBody: 'x'.repeat(400_000) }))
  expect(await exporter.status()).toMatchObject({ waiting: 2, dropped: 2 })
})

test('the headers go with every request, to the collector they were given for and no other', async () => {
  const first = await startCollector()
  const other = await startCollector()
  const { exporter, secrets, set } = openExporter(first.url)
  await exporter.saveHeaders({ authorization: 'Basic cGs6c2s=' })
  expect(await exporter.status()).toMatchObject({ headers: ['authorization'] })
  expect([...secrets.all.keys()]).toEqual(['telemetry/export-headers'])
  exporter.add(callOf('a'))
  await vi.waitFor(() => expect(first.received).toHaveLength(1))
  expect(first.received[0]?.headers.authorization).toBe('Basic cGs6c2s=')
  set({ exportUrl: other.url })
  exporter.add(callOf('b'))
  await vi.waitFor(() => expect(other.received).toHaveLength(1))
  expect(other.received[0]?.headers.authorization).toBeUndefined()
  set({ exportUrl: first.url })
  await exporter.saveHeaders({})
  expect(secrets.all.size).toBe(0)
})

test('calls wait while the headers cannot be read', async () => {
  const { url, received } = await startCollector()
  const { exporter, secrets, set } = openExporter(url, { firstPauseMs: 60_000 })
  const { get } = secrets
  secrets.get = () => Promise.reject(new Error('locked'))
  exporter.add(callOf('a'))
  await vi.waitFor(async () => expect((await exporter.status()).lastError).not.toBeNull())
  expect(received).toEqual([])
  expect(await exporter.status()).toMatchObject({ waiting: 1, headers: null })
  secrets.get = get
  set({})
  await vi.waitFor(() => expect(callsIn(received)).toEqual(['a']))
})

test.each([
  ['http://collector.example/v1/traces', 'encrypted'],
  ['http://169.254.169.254/', 'no place'],
  ['https://a:b@collector.example/', 'name and a password']
])('nothing is sent to %s', async (url, words) => {
  const { exporter } = openExporter(url)
  exporter.add(callOf('a'))
  await vi.waitFor(async () => expect((await exporter.status()).lastError?.message).toContain(words))
})

test('a test sends one span and says what was answered', async () => {
  const { url, received } = await startCollector(answers(200), answers(401, {}, 'who are you?'))
  const { exporter, set } = openExporter(url)
  expect(await exporter.test()).toEqual({ ok: true, status: 200, message: 'The collector took a span.' })
  expect(received.flatMap(spansIn)).toMatchObject([{ name: 'homeport test' }])
  expect(await exporter.test()).toEqual({
    ok: false,
    status: 401,
    message: 'The collector answered 401: who are you?'
  })
  set({ exportUrl: null })
  await expect(exporter.test()).rejects.toMatchObject({ code: 'bad-request' })
})

test('what waits at the end is sent before it ends', async () => {
  const { url, received } = await startCollector()
  const { exporter } = openExporter(url, { batchMs: 60_000, batchCalls: 3 })
  for (const name of ['a', 'b']) exporter.add(callOf(name))
  await exporter.close()
  expect(callsIn(received)).toEqual(['a', 'b'])
})

test('a collector that says nothing does not hold up the end', async () => {
  const silent = createServer()
  await new Promise<void>((resolve) => silent.listen(0, '127.0.0.1', resolve))
  onTestFinished(() => void silent.close())
  const address = silent.address()
  const port = typeof address === 'object' && address ? address.port : 0
  const { exporter } = openExporter(`http://127.0.0.1:${port}`, { closeMs: 30 })
  exporter.add(callOf('a'))
  await exporter.close()
  expect(await exporter.status()).toMatchObject({ sent: 0, waiting: 0 })
})

test('a collector that takes no JSON gets protobuf from then on', async () => {
  const types: (string | undefined)[] = []
  const onlyProtobuf: Parameters<typeof startCollector>[number] = (response, { headers }) => {
    types.push(headers['content-type'])
    response.writeHead(headers['content-type'] === 'application/x-protobuf' ? 200 : 415).end()
  }
  const { url } = await startCollector(onlyProtobuf, onlyProtobuf, onlyProtobuf)
  const { exporter } = openExporter(url)
  exporter.add(callOf('a'))
  await vi.waitFor(async () => expect(await exporter.status()).toMatchObject({ sent: 1 }))
  exporter.add(callOf('b'))
  await vi.waitFor(async () => expect(await exporter.status()).toMatchObject({ sent: 2 }))
  expect(types).toEqual(['application/json', 'application/x-protobuf', 'application/x-protobuf'])
})
