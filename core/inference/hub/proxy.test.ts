import { createServer as createHttpServer, type Server } from 'node:http'
import { createServer as createHttpsServer } from 'node:https'
import { type AddressInfo, connect } from 'node:net'
import { getCACertificates, setDefaultCACertificates } from 'node:tls'
import { afterEach, beforeAll, beforeEach, expect, test } from 'vitest'
import { createHubHttp, type HubHttp } from './hub-http.ts'
import { testCertificate } from './tls.test-support.ts'

const hub = new URL('https://hub.test')
const closing: (() => Promise<void>)[] = []
/** What the proxy was asked to connect to, and with which credentials. */
let connects: { target: string; authorization: string | undefined }[]
let proxyPort: number
let hubPort: number
let seenByHub: { host: string | undefined; authorization: string | undefined }[]
let refuseWith: number | null

beforeAll(() => setDefaultCACertificates([...getCACertificates('default'), testCertificate.cert]))
beforeEach(async () => {
  connects = []
  seenByHub = []
  refuseWith = null
  hubPort = await listen(
    createHttpsServer(testCertificate, ({ headers }, response) => {
      seenByHub.push({ host: headers.host, authorization: headers.authorization })
      if (headers.host === 'hub.test') response.writeHead(302, { location: 'https://cdn.test/file' }).end()
      else response.end('bytes')
    })
  )
  const proxy = createHttpServer((_, response) => response.writeHead(400).end())
  proxy.on('connect', ({ url = '', headers }, socket) => {
    connects.push({ target: url, authorization: headers['proxy-authorization'] })
    socket.on('error', () => {})
    if (refuseWith !== null) {
      socket.end(`HTTP/1.1 ${refuseWith} No\r\ncontent-length: 0\r\n\r\n`)
      return
    }
    const upstream = connect(hubPort, '127.0.0.1', () => {
      socket.write('HTTP/1.1 200 Connected\r\n\r\n')
      upstream.pipe(socket).pipe(upstream)
    })
    upstream.on('error', () => socket.destroy())
    socket.on('close', () => upstream.destroy())
  })
  proxyPort = await listen(proxy)
})
afterEach(async () => {
  for (const close of closing.splice(0).reverse()) await close()
})

async function listen(server: Server): Promise<number> {
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  closing.push(async () => {
    server.close()
    server.closeAllConnections()
  })
  return (server.address() as AddressInfo).port
}

function open(env: Record<string, string>): HubHttp {
  const http = createHubHttp({ token: async () => 'hf_secret', env, idleTimeoutMs: 2000 })
  closing.push(() => http.close())
  return http
}
const get = (http: HubHttp, url = 'https://hub.test/file', from = hub) =>
  http.readText(
    { method: 'GET', hub: from, url: new URL(url), headers: {}, signal: new AbortController().signal },
    null
  )

test.each(['HTTPS_PROXY', 'https_proxy', 'HTTP_PROXY'])(
  '%s is gone through, for the hub and where it passes on to',
  async (name) => {
    const { text } = await get(open({ [name]: `http://127.0.0.1:${proxyPort}` }))
    expect(text).toBe('bytes')
    expect(connects.map(({ target }) => target)).toEqual(['hub.test:443', 'cdn.test:443'])
  }
)

test('the proxy gets the credentials in its address, and never the token', async () => {
  await get(open({ HTTPS_PROXY: `http://me:pass@127.0.0.1:${proxyPort}` }))
  const basic = `Basic ${Buffer.from('me:pass').toString('base64')}`
  expect(connects.map(({ authorization }) => authorization)).toEqual([basic, basic])
  expect(seenByHub).toEqual([
    { host: 'hub.test', authorization: 'Bearer hf_secret' },
    { host: 'cdn.test', authorization: undefined }
  ])
})

test.each([
  [407, /proxy does not let hub\.test be reached \(407\)/],
  [403, /\(403\)/]
])('a proxy that refuses with %i is named', async (status, message) => {
  refuseWith = status
  await expect(get(open({ HTTPS_PROXY: `http://127.0.0.1:${proxyPort}` }))).rejects.toMatchObject({
    code: 'upstream-unreachable',
    message: expect.stringMatching(message),
    retryable: false
  })
})

test('NO_PROXY is gone around, and so is this machine', async () => {
  const local = await listen(createHttpServer((_, response) => response.end('local')))
  const url = `http://127.0.0.1:${local}`
  const { text } = await get(open({ HTTP_PROXY: `http://127.0.0.1:${proxyPort}` }), `${url}/x`, new URL(url))
  expect(text).toBe('local')
  const env = { HTTPS_PROXY: `http://127.0.0.1:${proxyPort}`, NO_PROXY: 'hub.test' }
  await expect(get(open(env))).rejects.toMatchObject({ code: 'upstream-unreachable' })
  expect(connects).toEqual([])
})
