import type { IncomingMessage, ServerResponse } from 'node:http'
import { promisify } from 'node:util'
import { gunzip } from 'node:zlib'
import { HomeportError } from '../errors/homeport-error.ts'
import { clientGone } from './event-stream.ts'

const unzip = promisify(gunzip)

/**
 * Reads a body that may come gzipped. Neither it nor what it unfolds to may be larger than `limit` bytes. Throws `too-large`,
 * before reading where the headers already tell, `unsupported-media-type` for other encodings, `bad-request` for what is no
 * gzip, and an AbortError when the client goes away.
 */
export async function readGzipBody(
  req: IncomingMessage,
  res: ServerResponse,
  limit: number
): Promise<Buffer> {
  const encoding = req.headers['content-encoding']?.toLowerCase() ?? 'identity'
  if (encoding !== 'identity' && encoding !== 'gzip')
    throw new HomeportError('unsupported-media-type', 'The body must be sent with gzip, or uncompressed.')
  if (Number(req.headers['content-length'] ?? 0) > limit) throw tooLarge(limit)
  if (req.headers.expect !== undefined) res.writeContinue()
  const body = await collected(req, limit)
  return encoding === 'gzip' ? unzipped(body, limit) : body
}

async function collected(req: IncomingMessage, limit: number): Promise<Buffer> {
  const chunks: Buffer[] = []
  let size = 0
  try {
    // whoever refuses the rest of it needs the connection to say so
    for await (const chunk of req.iterator({ destroyOnReturn: false })) {
      size += chunk.length
      if (size > limit) throw tooLarge(limit)
      chunks.push(chunk)
    }
  } catch (error) {
    throw error instanceof HomeportError ? error : clientGone()
  }
  return Buffer.concat(chunks, size)
}

async function unzipped(body: Buffer, limit: number): Promise<Buffer> {
  try {
    return await unzip(body, { maxOutputLength: limit })
  } catch (error) {
    if (error instanceof RangeError) throw tooLarge(limit)
    throw new HomeportError('bad-request', 'The body is not valid gzip.')
  }
}

const tooLarge = (limit: number): HomeportError =>
  new HomeportError('too-large', `The body is larger than ${limit} bytes.`)
