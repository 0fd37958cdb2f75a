import type { IncomingMessage, ServerResponse } from 'node:http'
import { HomeportError } from '../errors/homeport-error.ts'
import { clientGone } from './event-stream.ts'

const jsonType = /^application\/json\s*(;\s*charset="?utf-8"?\s*)?;?\s*$/i

/** Whether the request announces a body, in either of HTTP's two ways. */
export function hasBody({ headers }: IncomingMessage): boolean {
  return (
    headers['transfer-encoding'] !== undefined ||
    (headers['content-length'] !== undefined && headers['content-length'] !== '0')
  )
}

/** A content type that an address takes, and its name in a refusal. */
export interface BodyType {
  pattern: RegExp
  name: string
}
const json: BodyType = { pattern: jsonType, name: 'application/json' }

/** Reads a JSON body, as `readBody` does. */
export function readJsonBody(req: IncomingMessage, res: ServerResponse, limit: number): Promise<Buffer> {
  return readBody(req, res, limit, json)
}

/**
 * Reads a body of at most `limit` bytes; an absent one is empty. Throws `unsupported-media-type` and `too-large`, both
 * before reading where the headers already tell, and an AbortError when the client goes away.
 */
export async function readBody(
  req: IncomingMessage,
  res: ServerResponse,
  limit: number,
  { pattern, name }: BodyType
): Promise<Buffer> {
  const { headers } = req
  const type = headers['content-type']
  if (type === undefined ? hasBody(req) : !pattern.test(type)) {
    throw new HomeportError('unsupported-media-type', `The body must be sent as ${name}.`)
  }
  const encoding = headers['content-encoding']
  if (encoding !== undefined && encoding.toLowerCase() !== 'identity') {
    throw new HomeportError('unsupported-media-type', 'The body must be sent uncompressed.')
  }
  if (!hasBody(req)) return Buffer.alloc(0)
  if (Number(headers['content-length'] ?? 0) > limit) throw tooLarge(limit)
  if (headers.expect !== undefined) res.writeContinue()
  return collect(req, limit)
}

function tooLarge(limit: number): HomeportError {
  return new HomeportError('too-large', `The body is larger than ${limit} bytes.`)
}

function collect(req: IncomingMessage, limit: number): Promise<Buffer> {
  return new Promise((resolve, reject) => {
    const chunks: Buffer[] = []
    let size = 0
    const stop = () => {
      req.off('data', onData).off('end', onEnd).off('close', onClose)
    }
    const onData = (chunk: Buffer) => {
      size += chunk.length
      if (size <= limit) chunks.push(chunk)
      else {
        stop()
        reject(tooLarge(limit))
      }
    }
    const onEnd = () => {
      stop()
      const [first] = chunks
      resolve(chunks.length === 1 && first !== undefined ? first : Buffer.concat(chunks, size))
    }
    const onClose = () => {
      stop()
      reject(clientGone())
    }
    req.on('data', onData).on('end', onEnd).on('close', onClose)
  })
}
