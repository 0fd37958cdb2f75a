import { createServer, type Server } from 'node:http'
import { HomeportError } from '../errors/homeport-error.ts'
import type { GatewayParts } from './gateway-parts.ts'
import { defaultLimits } from './limits.ts'
import { OriginCheck } from './origin-check.ts'
import { describePortHolder } from './port-holder.ts'
import { RequestHandler } from './request-handler.ts'

const address = '127.0.0.1'
const idleCheckMs = 50

/** The HTTP server of this machine's programs and of the app's own windows. */
export interface Gateway {
  /**
   * Listens on 127.0.0.1 and gives the port (a free one for 0). Throws `port-taken` with a message that says by what.
   * Can be called again with another port after it failed.
   */
  listen(port: number): Promise<number>
  /** Takes no more requests, ends event streams at once, gives calls in progress a moment, then cuts what is left. */
  close(): Promise<void>
}

export function createGateway(parts: GatewayParts): Gateway {
  const limits = { ...defaultLimits, ...parts.limits }
  let handler: RequestHandler | null = null
  let closing: Promise<void> | null = null
  const server = createServer({
    noDelay: true,
    // a repeated Host or credential must not hide behind the first one
    joinDuplicateHeaders: true,
    headersTimeout: limits.headersTimeoutMs,
    requestTimeout: limits.requestTimeoutMs,
    keepAliveTimeout: limits.keepAliveTimeoutMs,
    connectionsCheckingInterval: Math.min(1000, limits.headersTimeoutMs / 2)
  })
  server.maxConnections = limits.maxConnections
  server.on('request', (req, res) => handler?.handle(req, res))
  // the client asks before it sends its body: checked like any other, told to go on when the body is wanted
  server.on('checkContinue', (req, res) => handler?.handle(req, res))
  // such as too many open files: one connection could not be taken, the others go on
  server.on('error', (error) => parts.logger.warn({ code: codeOf(error) }, 'The port reported an error.'))
  parts.onRevoked((keyId) => handler?.cutCallsOf(keyId))

  return {
    async listen(port) {
      const actualPort = await listening(server, port)
      const origins = new OriginCheck({
        port: actualPort,
        uiOrigins: parts.uiOrigins,
        servesPages: parts.rendererDir !== null
      })
      handler = new RequestHandler(parts, limits, origins)
      closing = null
      return actualPort
    },
    close() {
      handler?.endEventStreams()
      closing ??= closed(server, limits.closeGraceMs)
      return closing
    }
  }
}

async function listening(server: Server, port: number): Promise<number> {
  try {
    await new Promise<void>((resolve, reject) => {
      server.once('error', reject)
      server.listen(port, address, () => {
        server.off('error', reject)
        resolve()
      })
    })
  } catch (error) {
    throw await listenFailure(error, port)
  }
  const bound = server.address()
  return typeof bound === 'object' && bound !== null ? bound.port : port
}

async function listenFailure(error: unknown, port: number): Promise<unknown> {
  const code = codeOf(error)
  if (code === 'EADDRINUSE') {
    const holder = await describePortHolder(port)
    return new HomeportError('port-taken', `Port ${port} is already used by ${holder}.`, {
      action: 'Stop it, or choose another port with --port.',
      cause: error
    })
  }
  if (code === 'EACCES') {
    return new HomeportError('not-allowed', `This account may not listen on port ${port}.`, {
      action: 'Choose a port above 1023 with --port.',
      cause: error
    })
  }
  return error
}

/** The system's name for what went wrong. */
function codeOf(error: unknown): unknown {
  return error instanceof Error && 'code' in error ? error.code : null
}

function closed(server: Server, graceMs: number): Promise<void> {
  if (!server.listening) return Promise.resolve()
  return new Promise((resolve) => {
    // a connection whose last answer ends now would otherwise wait for a next request
    const idle = setInterval(() => server.closeIdleConnections(), idleCheckMs)
    const deadline = setTimeout(() => server.closeAllConnections(), graceMs)
    server.close(() => {
      clearInterval(idle)
      clearTimeout(deadline)
      resolve()
    })
  })
}
