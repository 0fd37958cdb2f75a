import { createServer, type Server, type ServerResponse } from 'node:http'
import type { AddressInfo } from 'node:net'
import type { WireShape } from './wire-shape.ts'

/** What an upstream does to the calls it gets. */
export type Misbehave = (response: ServerResponse, shape: WireShape, isStream: boolean) => void

export interface FaultyUpstream {
  readonly port: number
  /** Calls so far. */
  readonly calls: number
  /** Answers that are neither finished nor given up. */
  readonly open: number
  close(): Promise<void>
}

/** A server that takes every call the same wrong way. Lists of models are 404, so that only calls are told apart. */
export async function startFaultyUpstream(misbehave: Misbehave, shape: WireShape): Promise<FaultyUpstream> {
  let calls = 0
  let open = 0
  const server: Server = createServer(async (request, response) => {
    let body = ''
    for await (const chunk of request) body += chunk
    if (request.method === 'GET') {
      response.writeHead(404).end()
      return
    }
    calls++
    open++
    response.on('close', () => {
      open--
    })
    const isStream = /"stream": ?true/.test(body) || (request.url ?? '').includes('streamGenerateContent')
    misbehave(response, shape, isStream)
  })
  server.on('clientError', (_, socket) => socket.destroy())
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  const { port } = server.address() as AddressInfo
  return {
    port,
    get calls() {
      return calls
    },
    get open() {
      return open
    },
    close: () =>
      new Promise((resolve) => {
        server.close(() => resolve())
        server.closeAllConnections()
      })
  }
}

const sse = { 'content-type': 'text/event-stream' }
const json = { 'content-type': 'application/json' }

/** Refuses with a status, in words that every vendor's reader finds. */
export const refuse =
  (status: number, headers: Record<string, string> = {}): Misbehave =>
  (response) => {
    response.writeHead(status, { ...json, ...headers })
    const error = {
      message: `refused with ${status}`,
      type: 'some_error',
      param: null,
      code: null,
      status: 'FAILED'
    }
    response.end(JSON.stringify({ type: 'error', error, message: error.message }))
  }

export const malformed: Misbehave = (response, _, isStream) => {
  response.writeHead(200, isStream ? sse : json)
  response.end(isStream ? 'data: {"broken\n\n' : '{"broken')
}

export const webPage: Misbehave = (response) => {
  response.writeHead(200, { 'content-type': 'text/html' })
  response.end('<h1>Sign in</h1>')
}

/** A head and not a word. */
export const stalledBeforeFirst: Misbehave = (response, shape, isStream) => {
  response.writeHead(200, isStream ? sse : json)
  response.flushHeaders()
  if (isStream) for (const event of shape.events.slice(0, shape.silentEvents)) response.write(event)
}

const begin = (
  response: ServerResponse,
  { events, plain, silentEvents }: WireShape,
  isStream: boolean
): void => {
  response.writeHead(200, isStream ? sse : json)
  if (isStream) for (const event of events.slice(0, silentEvents + 1)) response.write(event)
  else response.write(plain.subarray(0, plain.length / 2))
}

export const stalledInTheMiddle: Misbehave = (response, shape, isStream) => begin(response, shape, isStream)

export const cutInTheMiddle: Misbehave = (response, shape, isStream) => {
  begin(response, shape, isStream)
  setTimeout(() => response.destroy(), 20)
}

export const invalidUtf8: Misbehave = (response, shape, isStream) => {
  response.writeHead(200, isStream ? sse : json)
  const bad = Buffer.from([0x22, 0xff, 0xfe, 0xc3, 0x28, 0x22])
  if (isStream) response.write(Buffer.concat([Buffer.from('data: {"x":'), bad, Buffer.from('\n\n')]))
  response.end(isStream ? shape.events.join('') : Buffer.concat([Buffer.from('{"x":'), bad]))
}

/** Far more than any event may be, and no line break in it. */
export const enormousLine: Misbehave = (response, _, isStream) => {
  response.writeHead(200, isStream ? sse : json)
  const piece = Buffer.alloc(1024 * 1024, 'a')
  let sent = 0
  const more = (): void => {
    while (sent++ < 200 && !response.destroyed) {
      if (!response.write(sent === 1 ? Buffer.from('data: {"a":"') : piece))
        return void response.once('drain', more)
    }
    if (!response.destroyed) response.end()
  }
  more()
}

/** A complete answer, with events in it that nobody knows. */
export const unknownEvents: Misbehave = (response, { events, plain }, isStream) => {
  response.writeHead(200, isStream ? sse : json)
  if (!isStream) return void response.end(plain)
  const [first = '', ...rest] = events
  response.end(
    `: a comment\n\nevent: future.event\ndata: {"type":"future.event","value":1}\n\n${first}event: ping\ndata: {"type":"ping"}\n\n${rest.join('')}`
  )
}
