import type { ContentPart } from '../../../providers/spec/prompt.ts'
import { badParameter, isRecord, type Json } from '../json-fields.ts'
import { readMediaUrl } from '../media-url.ts'
import { readCacheControl } from './tools.ts'

const audioTypes: Readonly<Record<string, string>> = { mp3: 'audio/mpeg', m4a: 'audio/mp4' }

/** What a message holds. `place` says where, for errors. Throws `bad-request`. */
export function readContent(content: unknown, place: string): ContentPart[] {
  if (content === undefined || content === null) return []
  if (typeof content === 'string') return content === '' ? [] : [{ type: 'text', text: content }]
  return Array.isArray(content) ? content.map((part) => readPart(part, place)) : []
}

function readPart(value: unknown, place: string): ContentPart {
  if (!isRecord(value) || typeof value.type !== 'string') {
    throw badParameter(place, 'holds a part without a type')
  }
  const part = partOf(value, value.type, place)
  const cache = readCacheControl(value.cache_control)
  return cache !== null && (part.type === 'text' || part.type === 'image' || part.type === 'document')
    ? { ...part, cache }
    : part
}

function partOf(value: Json, type: string, place: string): ContentPart {
  switch (type) {
    case 'text':
      if (typeof value.text !== 'string') throw badParameter(place, 'holds a text part without text')
      return { type: 'text', text: value.text }
    case 'refusal':
      return { type: 'text', text: typeof value.refusal === 'string' ? value.refusal : '' }
    case 'image_url':
      return readImage(value.image_url, place)
    case 'input_audio':
      return readAudio(value.input_audio, place)
    case 'file':
      return readFile(value.file, place)
    default:
      return { type: 'unsupported', kind: type }
  }
}

function readImage(image: unknown, place: string): ContentPart {
  // some clients write the address itself
  const url = isRecord(image) ? image.url : image
  if (typeof url !== 'string') throw badParameter(place, 'holds an image_url part without a url')
  const detail = isRecord(image) ? image.detail : undefined
  return {
    type: 'image',
    source: readMediaUrl(url, place),
    ...((detail === 'low' || detail === 'high' || detail === 'auto') && { detail })
  }
}

function readAudio(audio: unknown, place: string): ContentPart {
  if (!isRecord(audio) || typeof audio.data !== 'string' || typeof audio.format !== 'string') {
    throw badParameter(place, 'holds an input_audio part without data and format')
  }
  const mediaType = audioTypes[audio.format] ?? `audio/${audio.format}`
  return { type: 'audio', source: { kind: 'base64', mediaType, data: audio.data } }
}

function readFile(file: unknown, place: string): ContentPart {
  if (!isRecord(file)) throw badParameter(place, 'holds a file part without a file')
  const name = typeof file.filename === 'string' ? { name: file.filename } : {}
  if (typeof file.file_data === 'string') {
    const source = readMediaUrl(file.file_data, place)
    const isImage = source.kind === 'base64' && source.mediaType.startsWith('image/')
    return isImage ? { type: 'image', source } : { type: 'document', source, ...name }
  }
  if (typeof file.file_id === 'string') {
    return { type: 'document', source: { kind: 'file', id: file.file_id }, ...name }
  }
  throw badParameter(place, 'holds a file part without file_data or file_id')
}
