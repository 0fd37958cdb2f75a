import type { MediaSource } from '../../providers/spec/prompt.ts'
import { badParameter } from './json-fields.ts'

/**
 * The media that a URL in a request of OpenAI's dialects is: a `data:` URL becomes its bytes; of others only those are
 * taken that a server can fetch. `place` says where it stood, for the error. Throws `bad-request`.
 */
export function readMediaUrl(url: string, place: string): MediaSource {
  if (/^https?:\/\//i.test(url)) return { kind: 'url', url }
  const comma = url.indexOf(',')
  if (!/^data:/i.test(url) || comma === -1) {
    throw badParameter(place, 'holds an address that is neither a data: nor an http(s): URL')
  }
  const [mediaType = '', ...parameters] = url.slice('data:'.length, comma).split(';')
  const data = url.slice(comma + 1)
  return {
    kind: 'base64',
    mediaType: mediaType === '' ? 'text/plain' : mediaType.toLowerCase(),
    data: parameters.includes('base64') ? data : Buffer.from(decoded(data, place)).toString('base64')
  }
}

function decoded(data: string, place: string): string {
  try {
    return decodeURIComponent(data)
  } catch {
    throw badParameter(place, 'holds a data: URL that cannot be decoded')
  }
}
