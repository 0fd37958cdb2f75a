import type { ContentPart } from '../../../providers/spec/prompt.ts'
import type { Json } from '../json-fields.ts'
import { camelCased, textOf } from './spelling.ts'

/** A file of Google's own: its Files API, Cloud Storage. Only Google can read it. */
const googleFile = /^(gs:\/\/|files\/|https:\/\/generativelanguage\.googleapis\.com\/)/

/** `inlineData` or `fileData` by what its media type says it is; null for a part that holds neither. */
export function toMediaPart(part: Json): ContentPart | null {
  const blob = camelCased(part.inlineData)
  const data = textOf(blob?.data)
  if (blob && data !== null) {
    const mediaType = textOf(blob.mimeType) ?? 'application/octet-stream'
    return toPart(mediaType, { kind: 'base64', mediaType, data }, textOf(blob.displayName))
  }
  const file = camelCased(part.fileData)
  const uri = textOf(file?.fileUri)
  if (!file || uri === null) return null
  const source = googleFile.test(uri)
    ? { kind: 'file' as const, id: uri }
    : { kind: 'url' as const, url: uri }
  return toPart(textOf(file.mimeType) ?? typeByAddress(uri), source, textOf(file.displayName))
}

type Source = Extract<ContentPart, { type: 'document' }>['source']

function toPart(mediaType: string, source: Source, name: string | null): ContentPart {
  const [kind] = mediaType.toLowerCase().split('/')
  if (kind === 'image') return { type: 'image', source }
  if (kind === 'audio') return { type: 'audio', source }
  if (kind === 'video') return { type: 'unsupported', kind: mediaType }
  return { type: 'document', source, ...(name !== null && { name }) }
}

const typeByAddress = (uri: string): string =>
  /\.(png|jpe?g|gif|webp|heic|heif)(\?|$)/i.test(uri) ? 'image/*' : 'application/pdf'
