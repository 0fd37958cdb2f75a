import type { IncomingMessage, ServerResponse } from 'node:http'

export interface OriginCheckOptions {
  port: number
  /** Origins of the app's own pages. */
  uiOrigins: readonly string[]
  /** Whether this server hands out the pages itself, so that its own origin is one of them. */
  servesPages: boolean
}

const methods = 'GET, POST, PUT, PATCH, DELETE'
const requestHeaders = 'authorization, content-type, last-event-id'
const readableHeaders = 'x-homeport-trace-id, x-homeport-warning, retry-after'

/** Decides which sites may talk to this port: against DNS rebinding by Host, against foreign pages by Origin. */
export class OriginCheck {
  readonly #hosts: ReadonlySet<string>
  readonly #uiOrigins: ReadonlySet<string>
  readonly #ownOrigins: ReadonlySet<string>

  constructor({ port, uiOrigins, servesPages }: OriginCheckOptions) {
    const hosts = ['127.0.0.1', 'localhost', '[::1]'].map((name) => `${name}:${port}`)
    this.#hosts = new Set(hosts)
    this.#uiOrigins = new Set(uiOrigins)
    this.#ownOrigins = new Set(servesPages ? hosts.map((host) => `http://${host}`) : [])
  }

  /** What is wrong with where the request comes from; null when it may go on. */
  refusal({ headers }: IncomingMessage): 'host' | 'origin' | null {
    const { host, origin } = headers
    if (host === undefined || !(this.#hosts.has(host) || this.#hosts.has(host.toLowerCase()))) return 'host'
    if (origin === undefined || this.#uiOrigins.has(origin) || this.#ownOrigins.has(origin)) return null
    return 'origin'
  }

  /** Lets a listed page read the answer. Other requests get no Access-Control header at all. */
  allow(req: IncomingMessage, res: ServerResponse): void {
    const { origin } = req.headers
    // a program's request: no browser keeps the answer for a page
    if (origin === undefined) return
    res.setHeader('vary', 'Origin')
    if (!this.#uiOrigins.has(origin)) return
    res.setHeader('access-control-allow-origin', origin)
    res.setHeader('access-control-expose-headers', readableHeaders)
  }

  /** Whether a request that passed the check only asks what it may do. */
  isPreflight({ method, headers }: IncomingMessage): boolean {
    return (
      method === 'OPTIONS' &&
      headers.origin !== undefined &&
      headers['access-control-request-method'] !== undefined
    )
  }

  answerPreflight(req: IncomingMessage, res: ServerResponse): void {
    if (res.hasHeader('access-control-allow-origin')) {
      res.setHeader('access-control-allow-methods', methods)
      res.setHeader('access-control-allow-headers', requestHeaders)
      res.setHeader('access-control-max-age', '600')
      if (req.headers['access-control-request-private-network'] === 'true') {
        res.setHeader('access-control-allow-private-network', 'true')
      }
    }
    res.writeHead(204).end()
  }
}
