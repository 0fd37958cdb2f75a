import { createHash } from 'node:crypto'
import { createServer, type IncomingHttpHeaders, type IncomingMessage, type ServerResponse } from 'node:http'
import type { AddressInfo } from 'node:net'

export interface SeenRequest {
  at: 'hub' | 'cdn'
  method: string
  path: string
  headers: IncomingHttpHeaders
}

/** Answers in place of the server; false: the server answers as usual. */
export type Answer = (request: IncomingMessage, response: ServerResponse) => boolean | Promise<boolean>

/** A hub that keeps files as Hugging Face does: it knows them by hash, and passes on to another server for the bytes. */
export interface TestHub {
  readonly url: string
  readonly cdnUrl: string
  /** By `owner/name/file`. */
  readonly files: Map<string, Buffer>
  readonly requests: SeenRequest[]
  commit: string | null
  /** Whether it says size and hash of a file. */
  knowsFiles: boolean
  onHub: Answer
  onCdn: Answer
  close(): Promise<void>
}

export const sha256Of = (bytes: Buffer): string => createHash('sha256').update(bytes).digest('hex')

/** Sends the bytes of a file, or the range that is asked for. */
export function sendFile(
  request: IncomingMessage,
  response: ServerResponse,
  bytes: Buffer,
  etag = tagOf(bytes)
): void {
  const from = Number(/^bytes=(\d+)-$/.exec(request.headers.range ?? '')?.[1] ?? 0)
  const condition = request.headers['if-range']
  const isRange = request.headers.range !== undefined && (condition === undefined || condition === etag)
  if (isRange && from >= bytes.length) {
    response.writeHead(416, { 'content-range': `bytes */${bytes.length}` }).end()
    return
  }
  const body = isRange ? bytes.subarray(from) : bytes
  response.writeHead(isRange ? 206 : 200, {
    etag,
    'content-length': body.length,
    ...(isRange && { 'content-range': `bytes ${from}-${bytes.length - 1}/${bytes.length}` })
  })
  response.end(request.method === 'HEAD' ? undefined : body)
}

export const tagOf = (bytes: Buffer): string => `"${sha256Of(bytes).slice(0, 32)}"`

/** A listening server's port, whatever it serves. */
async function listen(answer: (request: IncomingMessage, response: ServerResponse) => Promise<void>) {
  const server = createServer((request, response) => {
    answer(request, response).catch(() => response.destroy())
  })
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  const { port } = server.address() as AddressInfo
  return {
    url: `http://127.0.0.1:${port}`,
    close: () =>
      new Promise<void>((resolve) => {
        server.close(() => resolve())
        server.closeAllConnections()
      })
  }
}

export async function startTestHub(): Promise<TestHub> {
  const see = (at: SeenRequest['at'], { method = '', url = '', headers }: IncomingMessage) =>
    void hub.requests.push({ at, method, path: url, headers })

  const cdn = await listen(async (request, response) => {
    see('cdn', request)
    if (await hub.onCdn(request, response)) return
    const bytes = hub.files.get(decodeURIComponent(request.url ?? '').slice(1))
    if (bytes === undefined) response.writeHead(404).end()
    else sendFile(request, response, bytes)
  })
  const front = await listen(async (request, response) => {
    see('hub', request)
    if (await hub.onHub(request, response)) return
    const [, repo = '', file = ''] =
      /^\/([^/]+\/[^/]+)\/resolve\/[^/]+\/(.+)$/.exec(decodeURIComponent(request.url ?? '')) ?? []
    const bytes = hub.files.get(`${repo}/${file}`)
    if (bytes === undefined) {
      response.writeHead(404, { 'x-error-code': 'EntryNotFound' }).end()
      return
    }
    if (!hub.knowsFiles) return sendFile(request, response, bytes)
    response
      .writeHead(302, {
        location: `${cdn.url}/${repo}/${file.split('/').map(encodeURIComponent).join('/')}`,
        'x-linked-etag': `"${sha256Of(bytes)}"`,
        'x-linked-size': bytes.length,
        ...(hub.commit !== null && { 'x-repo-commit': hub.commit })
      })
      .end()
  })

  const hub: TestHub = {
    url: front.url,
    cdnUrl: cdn.url,
    files: new Map(),
    requests: [],
    commit: null,
    knowsFiles: true,
    onHub: () => false,
    onCdn: () => false,
    close: async () => {
      await Promise.all([front.close(), cdn.close()])
    }
  }
  return hub
}
