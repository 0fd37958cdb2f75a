import type { ContentPart, MediaSource } from '../../spec/prompt.ts'
import { addressOf, dropped } from '../written-content.ts'

export type WireItem = Record<string, unknown>

/** What a person, a system prompt or a tool says, as content of a message. What has no place is named in `warnings`. */
export function writeInputContent(content: readonly ContentPart[], warnings: string[]): WireItem[] {
  return content.flatMap((part) => writeInputPart(part, warnings))
}

function writeInputPart(part: ContentPart, warnings: string[]): WireItem[] {
  switch (part.type) {
    case 'text':
      return [{ type: 'input_text', text: part.text }]
    case 'image':
      return [{ type: 'input_image', ...imageSource(part.source), detail: part.detail ?? 'auto' }]
    case 'document':
      return [writeDocument(part.source, part.name)]
    default:
      warnings.push(dropped(part))
      return []
  }
}

function imageSource(source: MediaSource): WireItem {
  if (source.kind === 'file') return { file_id: source.id }
  return { image_url: addressOf(source) }
}

function writeDocument(source: MediaSource, name: string | undefined): WireItem {
  switch (source.kind) {
    case 'file':
      return { type: 'input_file', file_id: source.id }
    case 'url':
      return { type: 'input_file', file_url: source.url }
    case 'base64':
      // files of plain text are not taken by every model; the same words as text are
      return source.mediaType === 'text/plain'
        ? { type: 'input_text', text: Buffer.from(source.data, 'base64').toString('utf8') }
        : { type: 'input_file', filename: name ?? 'document.pdf', file_data: addressOf(source) }
  }
}
