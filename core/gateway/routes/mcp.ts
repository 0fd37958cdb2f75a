import type { IncomingHttpHeaders, ServerResponse } from 'node:http'
import { Readable } from 'node:stream'
import { pipeline } from 'node:stream/promises'
import type { KeyLimits } from '../../contract/access.ts'
import { HomeportError } from '../../errors/homeport-error.ts'
import { jsonRpcErrorBody } from '../../errors/json-rpc-error.ts'
import { clientSignal } from '../client-signal.ts'
import { type RecordWishes, recordWishes } from '../client-wishes.ts'
import type { DialectRoutes } from '../dialect-routes.ts'
import { readJsonBody } from '../request-body.ts'
import { RouteTable, type Serve } from '../route-table.ts'
import { parseJson } from '../strict-json.ts'

/** Messages are small: a question, or the address of a note. */
const bodyBytes = 256 * 1024
/** Of messages sent together, as revisions before June 2025 can. */
const mostTogether = 50

/** Who speaks the Model Context Protocol. What is asked of it has a key, and came from a place that may ask. */
export interface McpEndpoint {
  /** Answers one request of a program. `body` is its JSON; the request itself has none, and no credential. */
  fetch(request: Request, body: unknown, caller: McpCaller): Promise<Response>
}

interface McpCaller extends RecordWishes {
  id: string
  name: string
  limits: KeyLimits
  /** Resolves when it is the turn of one call of the key. Throws `rate-limited`. */
  admit(signal: AbortSignal): Promise<void>
}

const serveMcp: Serve = async ({ req, res, path, principal }, _, { mcp, admit }) => {
  if (mcp === undefined || principal.kind !== 'app-key')
    throw new HomeportError('not-found', 'There is nothing at this address.')
  const body = parseJson(await readJsonBody(req, res, bodyBytes))
  if (Array.isArray(body) && body.length > mostTogether)
    throw new HomeportError('bad-request', `At most ${mostTogether} messages can be sent together.`)
  const signal = clientSignal(res)
  const url = `http://${req.headers.host}${path}`
  const request = new Request(url, { method: 'POST', headers: protocolHeaders(req.headers), signal })
  const { id, name, limits } = principal
  await write(await mcp.fetch(request, body, { id, name, limits, admit, ...recordWishes(req.headers) }), res)
}

/** What the protocol puts into headers. The credential is none of it. */
function protocolHeaders(headers: IncomingHttpHeaders): Headers {
  const kept = new Headers()
  for (const [name, value] of Object.entries(headers)) {
    const isWanted = name === 'accept' || name === 'content-type' || name.startsWith('mcp-')
    if (isWanted && typeof value === 'string') kept.set(name, value)
  }
  return kept
}

/** Sends an answer as it comes; one that streams ends when the client goes away. */
async function write({ status, headers, body }: Response, res: ServerResponse): Promise<void> {
  res.writeHead(status, { 'cache-control': 'no-store', ...Object.fromEntries(headers) })
  if (body === null) {
    res.end()
    return
  }
  try {
    await pipeline(Readable.from(body), res)
  } catch (error) {
    if (!res.destroyed) throw error
  }
}

const table = new RouteTable({ 'POST /mcp': serveMcp })

/** The Model Context Protocol: not a dialect for models, but let in and refused as they are. */
export const mcpRoutes: DialectRoutes = {
  addresses: table.addresses,
  owns: (path) => path === '/mcp',
  errorBody: jsonRpcErrorBody,
  serve: (exchange, caller, parts) => table.serve(exchange, caller, parts)
}
