import { createHash } from 'node:crypto'
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http'
import type { AddressInfo } from 'node:net'

export interface ModelMirror {
  /** What a person sets as the mirror. */
  readonly url: string
  /** Where each request for the file began, in the order they came. */
  readonly offsets: number[]
  /** From now on nothing past so many bytes of a file is sent; null: all is, and what was held back, too. */
  hold(bytes: number | null): void
  close(): Promise<void>
}

/** One repository with one file. */
export interface MirroredFile {
  /** `owner/name`. */
  repo: string
  file: string
  bytes: Buffer
}

/**
 * A mirror of Hugging Face on loopback: its search, the list of a repository's files, and the file in parts (Range), with
 * size and SHA-256 in the headers it has for them. See https://huggingface.co/docs/hub/en/api.
 */
export async function startModelMirror(mirrored: MirroredFile): Promise<ModelMirror> {
  const { repo, file, bytes } = mirrored
  const sha256 = createHash('sha256').update(bytes).digest('hex')
  const offsets: number[] = []
  let limit = bytes.length
  const held = new Set<() => void>()

  const repository = {
    _id: '0123456789abcdef01234567',
    id: repo,
    modelId: repo,
    private: false,
    gated: false,
    downloads: 1234,
    likes: 56,
    lastModified: '2026-01-02T03:04:05.000Z',
    tags: ['gguf', 'license:mit'],
    siblings: [{ rfilename: file }]
  }
  const entry = {
    type: 'file',
    path: file,
    size: bytes.length,
    oid: '0'.repeat(40),
    lfs: { oid: sha256, size: bytes.length, pointerSize: 134 }
  }
  const json = (response: ServerResponse, value: unknown) =>
    response.writeHead(200, { 'content-type': 'application/json' }).end(JSON.stringify(value))

  const sendFile = (request: IncomingMessage, response: ServerResponse) => {
    const from = Number(/^bytes=(\d+)-/.exec(request.headers.range ?? '')?.[1] ?? 0)
    const isPart = request.headers.range !== undefined
    response.writeHead(isPart ? 206 : 200, {
      'content-type': 'application/octet-stream',
      'content-length': bytes.length - from,
      'accept-ranges': 'bytes',
      etag: `"${sha256}"`,
      'x-linked-etag': `"${sha256}"`,
      'x-linked-size': bytes.length,
      'x-repo-commit': 'c'.repeat(40),
      ...(isPart && { 'content-range': `bytes ${from}-${bytes.length - 1}/${bytes.length}` })
    })
    if (request.method === 'HEAD') return response.end()
    offsets.push(from)
    let sent = from
    const sendOn = () => {
      const upTo = Math.max(sent, Math.min(limit, bytes.length))
      const part = bytes.subarray(sent, upTo)
      sent = upTo
      if (sent < bytes.length) return void response.write(part)
      held.delete(sendOn)
      response.end(part)
    }
    held.add(sendOn)
    response.on('close', () => held.delete(sendOn))
    sendOn()
    return response
  }

  const server = createServer((request, response) => {
    const { pathname } = new URL(request.url ?? '/', 'http://mirror')
    const path = decodeURIComponent(pathname)
    if (path === '/api/models') return json(response, [repository])
    if (path.startsWith(`/api/models/${repo}/tree/`)) return json(response, [entry])
    if (path.startsWith(`/api/models/${repo}`)) return json(response, repository)
    if (path === `/${repo}/resolve/main/${file}` || path === `/${repo}/resolve/${'c'.repeat(40)}/${file}`)
      return sendFile(request, response)
    return response.writeHead(404, { 'x-error-code': 'EntryNotFound' }).end()
  })
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  const { port } = server.address() as AddressInfo
  return {
    url: `http://127.0.0.1:${port}`,
    offsets,
    hold(wanted) {
      limit = wanted ?? bytes.length
      for (const sendOn of held) sendOn()
    },
    close: () =>
      new Promise((resolve) => {
        server.close(() => resolve())
        server.closeAllConnections()
      })
  }
}
