import {
  createServer,
  type IncomingMessage,
  type RequestListener,
  type Server,
  type ServerResponse
} from 'node:http'
import { type AddressInfo, createServer as createTcpServer, type Server as TcpServer } from 'node:net'
import { gzipSync } from 'node:zlib'
import { afterEach, describe, expect, it } from 'vitest'
import type { ResolveAll } from '../../lib/guarded-lookup.ts'
import { createUpstreamHttp, readText, type UpstreamHttp, type UpstreamHttpOptions } from './http.ts'

const cleanups: (() => Promise<unknown>)[] = []
afterEach(async () => {
  for (const cleanup of cleanups.splice(0).reverse()) await cleanup()
})

const portOf = (server: TcpServer | Server) => (server.address() as AddressInfo).port

async function serve(listener: RequestListener): Promise<number> {
  const server = createServer(listener)
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  cleanups.push(async () => {
    server.close()
    server.closeAllConnections()
  })
  return portOf(server)
}

async function serveTcp(onConnection: (socket: import('node:net').Socket) => void): Promise<number> {
  const server = createTcpServer(onConnection)
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  cleanups.push(async () => server.close())
  return portOf(server)
}

function client(options?: UpstreamHttpOptions): UpstreamHttp {
  const http = createUpstreamHttp(options)
  cleanups.push(() => http.close())
  return http
}

const answering =
  (...addresses: string[]): ResolveAll =>
  (_host, _options, callback) =>
    callback(
      null,
      addresses.map((address) => ({ address, family: address.includes(':') ? 6 : 4 }))
    )

const never = new AbortController().signal
const get = (http: UpstreamHttp, url: string, signal = never) =>
  http.send({ method: 'GET', url: new URL(url), headers: { authorization: 'Bearer sk-secret' }, signal })
const read = (http: UpstreamHttp, url: string, maxBytes = 1000) =>
  get(http, url).then((response) => readText(response, { host: 'h', maxBytes, signal: never }))

describe('createUpstreamHttp', () => {
  it('uses connections again', async () => {
    const sockets = new Set<unknown>()
    const port = await serve((request, response) => {
      sockets.add(request.socket)
      response.end('ok')
    })
    const http = client()
    for (let call = 0; call < 10; call++) expect(await read(http, `http://127.0.0.1:${port}/`)).toBe('ok')
    // a second one is opened when a request comes in the moment before the first is free again
    expect(sockets.size).toBeLessThanOrEqual(2)
  })

  it('sends a body that is in pieces as one of known length', async () => {
    let arrived: unknown
    const port = await serve(async (request, response) => {
      const chunks: Buffer[] = await request.toArray()
      arrived = [request.headers['content-length'], Buffer.concat(chunks).toString()]
      response.end('ok')
    })
    const body = [Buffer.from('{"model":"m",'), Buffer.from('"stream":true}')]
    const response = await client().send({
      method: 'POST',
      url: new URL(`http://127.0.0.1:${port}/`),
      headers: {},
      body,
      signal: never
    })
    expect(await readText(response, { host: 'h', maxBytes: 10, signal: never })).toBe('ok')
    expect(arrived).toEqual(['27', '{"model":"m","stream":true}'])
  })

  it('does not ask for compression, and refuses it', async () => {
    let asked: unknown
    const port = await serve((request, response) => {
      asked = request.headers['accept-encoding']
      response.writeHead(200, { 'content-encoding': 'gzip' }).end(gzipSync('x'.repeat(1e6)))
    })
    await expect(get(client(), `http://127.0.0.1:${port}/`)).rejects.toThrow(/compressed/)
    expect(asked).toBe('identity')
  })

  it.each([301, 302, 303, 307, 308])('does not follow a %i, so that the key stays', async (status) => {
    let visits = 0
    const target = await serve((_, response) => {
      visits++
      response.end('ok')
    })
    const port = await serve((_, response) => {
      response.writeHead(status, { location: `http://localhost:${target}/v1` }).end()
    })
    await expect(get(client(), `http://127.0.0.1:${port}/`)).rejects.toMatchObject({
      code: 'upstream-failed',
      message: expect.stringContaining(`redirects to localhost:${target}/v1`)
    })
    expect(visits).toBe(0)
  })

  it.each(['127.0.0.1', '10.0.0.1', '169.254.169.254', '::1', 'fe80::1', '64:ff9b::a9fe:a9fe'])(
    'refuses a public name that leads to %s',
    async (address) => {
      let visits = 0
      const port = await serve((_, response) => {
        visits++
        response.end()
      })
      const http = client({ resolve: answering(address) })
      await expect(get(http, `http://api.example.com:${port}/`)).rejects.toMatchObject({
        code: 'upstream-unreachable',
        message: expect.stringContaining('another network')
      })
      expect(visits).toBe(0)
    }
  )

  it('judges every answer of the resolver anew', async () => {
    const port = await serve((_, response) => void response.setHeader('connection', 'close').end('ok'))
    const answers = ['127.0.0.1', '93.184.216.34']
    const http = client({
      resolve: (host, options, callback) => answering(answers.shift() ?? '')(host, options, callback)
    })
    expect(await read(http, `http://nas.local:${port}/`)).toBe('ok')
    await expect(get(http, `http://nas.local:${port}/`)).rejects.toThrow(/another network/)
  })

  it('connects to the allowed one of several addresses', async () => {
    const port = await serve((_, response) => void response.end('ok'))
    const http = client({ resolve: answering('93.184.216.34', '127.0.0.1') })
    expect(await read(http, `http://nas.local:${port}/`)).toBe('ok')
  })

  it('refuses an address that is forbidden as such', async () => {
    for (const host of ['169.254.169.254', '[64:ff9b::a9fe:a9fe]', '0.0.0.0']) {
      await expect(get(client(), `http://${host}/`)).rejects.toThrow(/another network/)
    }
  })

  it.each<[string, (http: UpstreamHttp) => Promise<unknown>, RegExp, boolean]>([
    [
      'a closed port',
      async (http) => get(http, `http://127.0.0.1:${await closedPort()}/`),
      /connection refused/,
      true
    ],
    ['an unknown name', (http) => get(http, 'http://nowhere.invalid/'), /no such host|looked up/, true],
    [
      'a server that closes the connection',
      async (http) => get(http, `http://127.0.0.1:${await serveTcp((socket) => void socket.destroy())}/`),
      /closed the connection/,
      false
    ],
    [
      'a server that speaks no HTTP',
      async (http) =>
        get(http, `http://127.0.0.1:${await serveTcp((socket) => void socket.end('SSH-2.0-OpenSSH\r\n'))}/`),
      /not HTTP/,
      false
    ],
    [
      'a server without TLS',
      async (http) => get(http, `https://127.0.0.1:${await serve((_, response) => void response.end())}/`),
      /secure connection/,
      true
    ]
  ])('names the host and the reason for %s', async (_, call, reason, retryable) => {
    const error = await call(client()).catch((thrown: unknown) => thrown)
    expect(error).toMatchObject({ code: 'upstream-unreachable', status: 502, retryable })
    expect(error).toHaveProperty(
      'message',
      expect.stringMatching(/^(127\.0\.0\.1:\d+|nowhere\.invalid) cannot be reached: /)
    )
    expect(error).toHaveProperty('message', expect.stringMatching(reason))
  })

  it('gives up on a head that does not come', async () => {
    const port = await serve(() => {})
    const http = client({ headersTimeoutMs: 50 })
    await expect(get(http, `http://127.0.0.1:${port}/`)).rejects.toThrow(/did not answer in time/)
  })

  it('gives up on a body that falls silent', async () => {
    const port = await serve((_, response) => void response.write('begin'))
    const http = client({ idleTimeoutMs: 50 })
    await expect(read(http, `http://127.0.0.1:${port}/`)).rejects.toMatchObject({
      code: 'upstream-failed',
      message: expect.stringMatching(/broke off .* silent/)
    })
  })

  it('bounds a body, whatever its length says', async () => {
    let closed = false
    const port = await serve((_, response) => {
      response.on('close', () => {
        closed = true
      })
      const more = () => void response.write('x'.repeat(500), () => void (closed || more()))
      more()
    })
    await expect(read(client(), `http://127.0.0.1:${port}/`)).rejects.toThrow(/too large/)
    await expect.poll(() => closed).toBe(true)
  })

  it.each(['before the head', 'inside the body'])(
    'closes the socket at once when aborted %s',
    async (when) => {
      const arrived = Promise.withResolvers<{ request: IncomingMessage; response: ServerResponse }>()
      let closed = false
      const port = await serve((request, response) => {
        response.on('close', () => {
          closed = true
        })
        if (when === 'inside the body') response.write('begin')
        arrived.resolve({ request, response })
      })
      const abort = new AbortController()
      const reason = new Error('stopped')
      const reading = get(client(), `http://127.0.0.1:${port}/`, abort.signal).then((response) =>
        readText(response, { host: 'h', maxBytes: 1000, signal: abort.signal })
      )
      await arrived.promise
      abort.abort(reason)
      await expect(reading).rejects.toBe(reason)
      await expect.poll(() => closed).toBe(true)
    }
  )

  it('gives the reason of an abort also to who begins to read only then', async () => {
    const port = await serve((_, response) => void response.write('begin'))
    const abort = new AbortController()
    const reason = new Error('stopped')
    const response = await get(client(), `http://127.0.0.1:${port}/`, abort.signal)
    abort.abort(reason)
    const reading = readText(response, { host: 'h', maxBytes: 1000, signal: abort.signal })
    await expect(reading).rejects.toBe(reason)
  })

  it('sends nothing for a signal that is aborted already', async () => {
    const reason = new Error('stopped')
    await expect(get(client(), 'http://127.0.0.1:9/', AbortSignal.abort(reason))).rejects.toBe(reason)
  })
})

async function closedPort(): Promise<number> {
  const server = createTcpServer()
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  const port = portOf(server)
  await new Promise((resolve) => server.close(resolve))
  return port
}
