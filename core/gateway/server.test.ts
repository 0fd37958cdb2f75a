import { createServer as createHttpServer } from 'node:http'
import { type AddressInfo, createServer, type Server } from 'node:net'
import { afterEach, describe, expect, test } from 'vitest'
import { HomeportError } from '../errors/homeport-error.ts'
import type { ChatEvent } from '../providers/spec/chat.ts'
import { RawConnection, send } from './testing/raw-http.ts'
import {
  appToken,
  bearer,
  chatBody,
  type RunningGateway,
  smallPipeline,
  startGateway,
  untilAborted
} from './testing/small-gateway.ts'

const toClose: (() => unknown)[] = []
afterEach(async () => {
  for (const close of toClose.splice(0)) await close()
})
async function start(...args: Parameters<typeof startGateway>): Promise<RunningGateway> {
  const running = await startGateway(...args)
  toClose.push(running.close)
  return running
}
async function occupy(server: Server, host: string): Promise<number> {
  await new Promise<void>((resolve) => server.listen(0, host, resolve))
  toClose.push(() => new Promise((resolve) => server.close(resolve)))
  return (server.address() as AddressInfo).port
}

describe('a port that is taken', () => {
  const listenOn = async (port: number) => {
    const { gateway, close } = await start()
    await close()
    return gateway.listen(port)
  }

  test('by another Homeport says so', async () => {
    const other = await start()
    const failure = await listenOn(other.port).catch((error: unknown) => error)
    expect(failure).toBeInstanceOf(HomeportError)
    expect(failure).toMatchObject({
      code: 'port-taken',
      message: `Port ${other.port} is already used by another Homeport (version 1.2.3).`,
      action: expect.stringContaining('--port')
    })
  })

  test.runIf(process.platform === 'linux')('by something that never answers names its process', async () => {
    const sockets = createServer((socket) => toClose.unshift(() => socket.destroy()))
    const port = await occupy(sockets, '127.0.0.1')
    await expect(listenOn(port)).rejects.toThrow(new RegExp(`by ".+" \\(process ${process.pid}\\)`))
  })

  test('by a web server that is not Homeport does not quote it', async () => {
    const other = createHttpServer((_, res) => res.end('{"ok":true,"version":"<b>1</b>"}'))
    const port = await occupy(other, '127.0.0.1')
    await expect(listenOn(port)).rejects.toThrow(/^(?!.*<b>).*is already used by/)
  })

  test('leaves the gateway able to listen on another', async () => {
    const other = await start()
    const { gateway, close } = await start()
    await close()
    await expect(gateway.listen(other.port)).rejects.toThrow('already used')
    const port = await gateway.listen(0)
    expect((await send(port, { path: '/health' })).status).toBe(200)
    await gateway.close()
  })
})

test('listens on the loopback address only', async () => {
  const { port } = await start()
  const sameElsewhere = createServer()
  // another address of this machine is still free for the same port
  await new Promise<void>((resolve, reject) => {
    sameElsewhere.on('error', reject)
    sameElsewhere.listen(port, '127.0.0.2', resolve)
  })
  await new Promise((resolve) => sameElsewhere.close(resolve))
})

test('two requests on one connection are answered in turn', async () => {
  const { port } = await start()
  const connection = new RawConnection(port)
  toClose.push(() => connection.socket.destroy())
  const request = `GET /health HTTP/1.1\r\nHost: 127.0.0.1:${port}\r\n\r\n`
  connection.socket.write(request + request.replace('/health', '/v1/models'))
  const text = await connection.until('invalid_api_key')
  expect(text.indexOf('200 OK')).toBeLessThan(text.indexOf('401 Unauthorized'))
})

test('a target that is no path reaches nothing', async () => {
  const { port } = await start()
  for (const target of ['http://evil.example/health', `http://127.0.0.1:${port}/v1/models`, '*']) {
    const connection = new RawConnection(port)
    toClose.push(() => connection.socket.destroy())
    connection.socket.write(`OPTIONS ${target} HTTP/1.1\r\nHost: 127.0.0.1:${port}\r\n\r\n`)
    expect(await connection.until('\r\n\r\n')).toMatch(/^HTTP\/1.1 40[0134] /)
  }
})

describe('closing', () => {
  async function streaming(graceMs: number, script: (signal: AbortSignal) => AsyncIterable<ChatEvent>) {
    const { pipeline } = smallPipeline(({ signal }) => script(signal))
    const running = await start({ pipeline, limits: { closeGraceMs: graceMs } })
    const connection = new RawConnection(running.port)
    toClose.push(() => connection.socket.destroy())
    const body = JSON.stringify({ ...JSON.parse(chatBody), stream: true })
    connection.socket.write(
      `POST /v1/chat/completions HTTP/1.1\r\nHost: 127.0.0.1:${running.port}\r\nAuthorization: Bearer ${appToken}\r\n` +
        `Content-Type: application/json\r\nContent-Length: ${body.length}\r\n\r\n${body}`
    )
    await connection.until('Hello')
    return { ...running, connection }
  }
  const hello: ChatEvent = { parts: [{ type: 'text-delta', text: 'Hello' }] }

  test('lets a call that is about to end end', async () => {
    let goOn = () => {}
    const { close, connection } = await streaming(60_000, async function* () {
      yield hello
      await new Promise<void>((resolve) => {
        goOn = resolve
      })
    })
    const closed = close()
    goOn()
    await connection.until('[DONE]')
    await closed
  })

  test('cuts and aborts what goes on', async () => {
    let ended = () => {}
    const aborted = new Promise<void>((resolve) => {
      ended = resolve
    })
    const { close, connection } = await streaming(50, async function* (signal) {
      yield hello
      await untilAborted(signal).finally(ended)
    })
    await close()
    await connection.closed
    await aborted
  })

  test('does not wait for idle connections, and can be asked twice', async () => {
    const { port, close } = await start({ limits: { closeGraceMs: 60_000 } })
    const connection = new RawConnection(port)
    connection.socket.write(`GET /health HTTP/1.1\r\nHost: 127.0.0.1:${port}\r\n\r\n`)
    await connection.until('"ok":true')
    await Promise.all([close(), close()])
    await connection.closed
  })
})

test('a hundred calls that fail leave no connection behind', async () => {
  const { pipeline } = smallPipeline(() => Promise.reject(new Error('broken')))
  const { port } = await start({ pipeline })
  const headers = { ...bearer(appToken), 'content-type': 'application/json' }
  const answers = await Promise.all(
    Array.from({ length: 100 }, () =>
      send(port, { method: 'POST', path: '/v1/chat/completions', headers, body: chatBody })
    )
  )
  expect(new Set(answers.map(({ status }) => status))).toEqual(new Set([500]))
  expect((await send(port, { path: '/health' })).status).toBe(200)
})
