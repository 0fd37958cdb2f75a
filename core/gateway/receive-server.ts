import { createServer, type Server } from 'node:http'
import type { Settings } from '../contract/settings.ts'
import type { ReceiveStatus } from '../contract/telemetry.ts'
import { describePortHolder } from './port-holder.ts'
import { ReceiveHandler, type ReceiveParts } from './receive-handler.ts'

const address = '127.0.0.1'
/** Exports wait for each other's bodies to be read: a few programs need few connections. */
const maxConnections = 256
const closeGraceMs = 1000

type Wanted = Pick<Settings['telemetry'], 'receive' | 'receivePort'>

/** The port of this machine's programs for what they say of themselves (OTLP over HTTP). */
export interface ReceivePort {
  /** Opens, moves or closes the port as settings say. Never rejects: `status` says what is wrong. */
  apply(wanted: Wanted): Promise<void>
  status(): ReceiveStatus
  /** Exports under way get a moment. */
  close(): Promise<void>
}

export function createReceivePort(parts: ReceiveParts): ReceivePort {
  let server: Server | null = null
  let status: ReceiveStatus = { port: null, problem: null }
  let applied: Wanted = { receive: false, receivePort: 0 }
  let changing: Promise<void> = Promise.resolve()

  const change = async (wanted: Wanted): Promise<void> => {
    const isSame = wanted.receive === applied.receive && wanted.receivePort === applied.receivePort
    if (isSame && status.problem === null) return
    applied = wanted
    if (server) await closed(server)
    server = null
    status = { port: null, problem: null }
    if (!wanted.receive) return
    try {
      server = await listening(parts, wanted.receivePort)
      status = { port: portOf(server, wanted.receivePort), problem: null }
    } catch (error) {
      status = { port: null, problem: await problemOf(error, wanted.receivePort) }
      parts.logger.warn({ port: wanted.receivePort }, `No spans are taken: ${status.problem}`)
    }
  }
  /** One after the other, in the order they were asked for. */
  const apply = (wanted: Wanted): Promise<void> => {
    changing = changing.then(() => change(wanted))
    return changing
  }

  return {
    apply,
    status: () => status,
    close: () => apply({ receive: false, receivePort: 0 })
  }
}

async function listening(parts: ReceiveParts, port: number): Promise<Server> {
  const server = createServer({
    // a repeated Host or credential must not hide behind the first one
    joinDuplicateHeaders: true,
    headersTimeout: 10_000,
    requestTimeout: 30_000,
    keepAliveTimeout: 60_000
  })
  server.maxConnections = maxConnections
  await new Promise<void>((resolve, reject) => {
    server.once('error', reject)
    server.listen(port, address, () => {
      server.off('error', reject)
      resolve()
    })
  })
  server.on('error', (error) => parts.logger.warn({ error }, 'The port for spans reported an error.'))
  const handler = new ReceiveHandler(parts, portOf(server, port))
  server.on('request', (req, res) => handler.handle(req, res))
  server.on('checkContinue', (req, res) => handler.handle(req, res))
  return server
}

function portOf(server: Server, wanted: number): number {
  const bound = server.address()
  return typeof bound === 'object' && bound !== null ? bound.port : wanted
}

async function problemOf(error: unknown, port: number): Promise<string> {
  const code = error instanceof Error && 'code' in error ? error.code : null
  if (code === 'EADDRINUSE') return `Port ${port} is already used by ${await describePortHolder(port)}.`
  return code === 'EACCES' ? `This account may not listen on port ${port}.` : `Port ${port} cannot be opened.`
}

function closed(server: Server): Promise<void> {
  return new Promise((resolve) => {
    const deadline = setTimeout(() => server.closeAllConnections(), closeGraceMs)
    server.close(() => {
      clearTimeout(deadline)
      resolve()
    })
    server.closeIdleConnections()
  })
}
