import type { ContentPart } from '../../../providers/spec/prompt.ts'
import { badParameter, isRecord, type Json } from '../json-fields.ts'
import { readMediaUrl } from '../media-url.ts'

/** What a message, or the output of a tool, holds. `place` says where, for errors. Throws `bad-request`. */
export function readContent(content: unknown, place: string): ContentPart[] {
  if (content === undefined || content === null || content === '') return []
  if (typeof content === 'string') return [{ type: 'text', text: content }]
  if (!Array.isArray(content)) throw badParameter(place, 'must be a text or a list of parts')
  return content.map((part) => readPart(part, place))
}

function readPart(part: unknown, place: string): ContentPart {
  if (!isRecord(part) || typeof part.type !== 'string')
    throw badParameter(place, 'holds a part without a type')
  switch (part.type) {
    case 'input_text':
    case 'output_text':
    case 'text':
      if (typeof part.text !== 'string') throw badParameter(place, 'holds a text part without text')
      return { type: 'text', text: part.text }
    case 'refusal':
      return { type: 'text', text: typeof part.refusal === 'string' ? part.refusal : '' }
    case 'input_image':
      return readImage(part, place)
    case 'input_file':
      return readFile(part, place)
    case 'input_audio':
      return readAudio(part.input_audio, place)
    default:
      return { type: 'unsupported', kind: part.type }
  }
}

function readImage({ image_url: url, file_id: fileId, detail }: Json, place: string): ContentPart {
  const level = (['low', 'high', 'auto'] as const).find((each) => each === detail)
  const wish = level === undefined ? {} : { detail: level }
  if (typeof url === 'string') return { type: 'image', source: readMediaUrl(url, place), ...wish }
  if (typeof fileId === 'string') return { type: 'image', source: { kind: 'file', id: fileId }, ...wish }
  throw badParameter(place, 'holds an input_image without image_url or file_id')
}

function readFile(part: Json, place: string): ContentPart {
  const { file_data: data, file_url: url, file_id: id, filename } = part
  const name = typeof filename === 'string' ? { name: filename } : {}
  if (typeof data === 'string') {
    // the reference asks for a data: URL; bare base64 is taken too
    const source = /^data:/i.test(data)
      ? readMediaUrl(data, place)
      : { kind: 'base64' as const, mediaType: 'application/pdf', data }
    const isImage = source.kind === 'base64' && source.mediaType.startsWith('image/')
    return isImage ? { type: 'image', source } : { type: 'document', source, ...name }
  }
  if (typeof url === 'string') return { type: 'document', source: readMediaUrl(url, place), ...name }
  if (typeof id === 'string') return { type: 'document', source: { kind: 'file', id }, ...name }
  throw badParameter(place, 'holds an input_file without file_data, file_url or file_id')
}

function readAudio(audio: unknown, place: string): ContentPart {
  if (!isRecord(audio) || typeof audio.data !== 'string' || typeof audio.format !== 'string') {
    throw badParameter(place, 'holds an input_audio without data and format')
  }
  const mediaType = audio.format === 'mp3' ? 'audio/mpeg' : `audio/${audio.format}`
  return { type: 'audio', source: { kind: 'base64', mediaType, data: audio.data } }
}
