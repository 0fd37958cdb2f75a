import { HomeportError } from '../errors/homeport-error.ts'
import type { Caller } from '../pipeline/context.ts'
import type { DialectParts } from './dialect-routes.ts'
import type { Exchange } from './exchange.ts'
import { methodNotAllowed } from './respond.ts'

/** Answers at one address. `id` is what stands in the place of its variable part, as it was sent. */
export type Serve = (
  exchange: Exchange,
  caller: Caller,
  parts: DialectParts,
  id: string
) => Promise<void> | void

interface Place {
  pattern: RegExp
  methods: Map<string, Serve>
}

/**
 * The addresses of a dialect as `METHOD /path`. In a path, `:id` stands for one segment and `*` for all that follows. The
 * first that fits answers; GET takes HEAD too.
 */
export class RouteTable {
  readonly addresses: readonly string[]
  readonly #places = new Map<string, Place>()

  constructor(routes: Readonly<Record<string, Serve>>) {
    this.addresses = Object.keys(routes)
    for (const [address, serve] of Object.entries(routes)) {
      const [method = '', path = ''] = address.split(' ')
      const place = this.#places.get(path) ?? { pattern: patternOf(path), methods: new Map() }
      place.methods.set(method, serve)
      this.#places.set(path, place)
    }
  }

  /** Whether something answers at a path, by whatever method. */
  has(path: string): boolean {
    return this.#find(path) !== null
  }

  /** Throws `not-found` and `method-not-allowed`, and what the address throws. */
  async serve(exchange: Exchange, caller: Caller, parts: DialectParts): Promise<void> {
    const { req, res, path } = exchange
    const found = this.#find(path)
    if (!found) throw this.#unknownAddress()
    const serve = found.methods.get(req.method === 'HEAD' ? 'GET' : (req.method ?? ''))
    if (!serve) {
      const allowed = [...found.methods.keys()].flatMap((method) =>
        method === 'GET' ? ['GET', 'HEAD'] : [method]
      )
      throw methodNotAllowed(res, allowed)
    }
    await serve(exchange, caller, parts, found.id)
  }

  #find(path: string): { methods: Place['methods']; id: string } | null {
    for (const { pattern, methods } of this.#places.values()) {
      const match = pattern.exec(path)
      if (match) return { methods, id: match[1] ?? '' }
    }
    return null
  }

  #unknownAddress(): HomeportError {
    const paths = [...this.#places.keys()].filter((path) => !/[:*]/.test(path))
    return new HomeportError('not-found', 'This address is not part of the API.', {
      action: `Homeport serves ${paths.join(', ')}.`
    })
  }
}

const patternOf = (path: string): RegExp =>
  new RegExp(`^${path.replace(/:\w+/, '([^/]+)').replace('*', '(.+)')}$`)
