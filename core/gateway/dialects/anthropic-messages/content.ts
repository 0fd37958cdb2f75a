import type { CacheTtl, ContentPart, MediaSource } from '../../../providers/spec/prompt.ts'
import { badParameter, isRecord, type Json } from '../json-fields.ts'
import { readSignature } from './signature.ts'

type Cached = { cache?: CacheTtl }

/**
 * The content of a message: a text, or blocks in their order. A block that no neutral part exists for (what a tool of the
 * vendor's own did, say) becomes `unsupported` under its wire name. Throws `bad-request`; `place` is where it stands.
 */
export function toParts(content: unknown, place: string): ContentPart[] {
  if (typeof content === 'string') return [{ type: 'text', text: content }]
  if (!Array.isArray(content)) throw badParameter(place, 'must be a text or a list of blocks')
  return content.flatMap((block, index) => toPart(block, `${place}[${index}]`))
}

function toPart(block: unknown, place: string): ContentPart | ContentPart[] {
  if (!isRecord(block) || typeof block.type !== 'string')
    throw badParameter(place, 'must be a block with a type')
  const cache = readCache(block.cache_control)
  switch (block.type) {
    case 'text':
      return { type: 'text', text: textOf(block, 'text', place), ...cache }
    case 'image':
      return { type: 'image', source: toSource(block.source, place), ...cache }
    case 'document':
      return toDocument(block, cache, place)
    case 'search_result':
      return toSearchResult(block, cache, place)
    case 'thinking': {
      const signature = readSignature(block.signature)
      return { type: 'reasoning', text: textOf(block, 'thinking', place), ...(signature && { signature }) }
    }
    case 'redacted_thinking': {
      const signature = readSignature(textOf(block, 'data', place))
      return signature ? { type: 'reasoning', text: '', redacted: true, signature } : []
    }
    case 'tool_use':
      return {
        type: 'tool-call',
        id: textOf(block, 'id', place),
        name: textOf(block, 'name', place),
        arguments: JSON.stringify(block.input ?? {}),
        ...cache
      }
    case 'tool_result':
      return {
        type: 'tool-result',
        callId: textOf(block, 'tool_use_id', place),
        content: toParts(block.content ?? [], `${place}.content`),
        isError: block.is_error === true,
        ...cache
      }
    default:
      return { type: 'unsupported', kind: block.type }
  }
}

/** What `cache_control` asks for; without a time to live it means five minutes. */
export function readCache(control: unknown): Cached {
  if (!isRecord(control)) return {}
  return { cache: control.ttl === '1h' ? '1h' : '5m' }
}

function toSource(source: unknown, place: string): MediaSource {
  if (isRecord(source)) {
    if (source.type === 'base64') {
      return {
        kind: 'base64',
        mediaType: textOf(source, 'media_type', `${place}.source`),
        data: textOf(source, 'data', `${place}.source`)
      }
    }
    if (source.type === 'url') return { kind: 'url', url: textOf(source, 'url', `${place}.source`) }
    if (source.type === 'file') return { kind: 'file', id: textOf(source, 'file_id', `${place}.source`) }
  }
  throw badParameter(`${place}.source`, 'must be base64, url or file')
}

function toDocument(block: Json, cache: Cached, place: string): ContentPart[] {
  const name = typeof block.title === 'string' ? { name: block.title } : {}
  const document = (source: MediaSource): ContentPart => ({ type: 'document', source, ...name, ...cache })
  const { source } = block
  if (isRecord(source) && source.type === 'text') {
    return [document(textSource(textOf(source, 'data', `${place}.source`)))]
  }
  if (isRecord(source) && source.type === 'content') {
    const parts = toParts(source.content, `${place}.source.content`)
    const pictures = parts.filter(({ type }) => type !== 'text')
    return [document(textSource(joined(parts))), ...pictures]
  }
  return [document(toSource(source, place))]
}

/** A search result that the client made is a text document with its source for a name. */
function toSearchResult(block: Json, cache: Cached, place: string): ContentPart {
  const name = [block.title, block.source].filter((text) => typeof text === 'string').join(', ')
  const source = textSource(joined(toParts(block.content, `${place}.content`)))
  return { type: 'document', source, name, ...cache }
}

const joined = (parts: readonly ContentPart[]): string =>
  parts.flatMap((part) => (part.type === 'text' ? part.text : [])).join('\n\n')

const textSource = (text: string): MediaSource => ({
  kind: 'base64',
  mediaType: 'text/plain',
  data: Buffer.from(text).toString('base64')
})

function textOf(object: Json, name: string, place: string): string {
  const value = object[name]
  if (typeof value !== 'string') throw badParameter(`${place}.${name}`, 'must be a text')
  return value
}
