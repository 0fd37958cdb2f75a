import { dropped, textOf } from '../shared/written-content.ts'
import type { CacheTtl, ContentPart, MediaSource } from '../spec/prompt.ts'

/** A content block as the wire has it. */
export type WireBlock = Readonly<Record<string, unknown>>

/** Notes what a request loses on the way, and the betas it needs. */
export interface WriteNotes {
  warnings: Set<string>
  betas: Set<string>
}

const FILES_BETA = 'files-api-2025-04-14'

/** Blocks of what a person said or a tool gave back. Empty texts, which the API refuses, say nothing and are left out. */
export function writeBlocks(parts: readonly ContentPart[], notes: WriteNotes): WireBlock[] {
  return parts.map((part) => writeBlock(part, notes)).filter((block) => block !== null)
}

export function writeBlock(part: ContentPart, notes: WriteNotes): WireBlock | null {
  switch (part.type) {
    case 'text':
      return part.text.trim() === '' ? null : { type: 'text', text: part.text, ...cacheControl(part.cache) }
    case 'image':
      return { type: 'image', source: writeSource(part.source, notes), ...cacheControl(part.cache) }
    case 'document': {
      const source = writeDocumentSource(part.source, notes)
      const title = part.name === undefined ? {} : { title: part.name }
      return source && { type: 'document', source, ...title, ...cacheControl(part.cache) }
    }
    case 'tool-result':
      return writeToolResult(part, notes)
    case 'reasoning':
      return null
    default:
      notes.warnings.add(dropped(part))
      return null
  }
}

/** Writes a document's source; null (with a warning) for what the API does not read: it takes PDF and plain text. */
function writeDocumentSource(source: MediaSource, notes: WriteNotes): WireBlock | null {
  if (source.kind !== 'base64' || source.mediaType === 'application/pdf') return writeSource(source, notes)
  const data = textOf(source)
  if (data !== null) return { type: 'text', media_type: 'text/plain', data }
  notes.warnings.add(`a document of the type ${source.mediaType} was dropped`)
  return null
}

function writeSource(source: MediaSource, { betas }: WriteNotes): WireBlock {
  switch (source.kind) {
    case 'base64':
      return { type: 'base64', media_type: source.mediaType, data: source.data }
    case 'url':
      return { type: 'url', url: source.url }
    case 'file':
      betas.add(FILES_BETA)
      return { type: 'file', file_id: source.id }
  }
}

function writeToolResult(part: Extract<ContentPart, { type: 'tool-result' }>, notes: WriteNotes): WireBlock {
  const content = writeBlocks(part.content, notes)
  return {
    type: 'tool_result',
    tool_use_id: writeCallId(part.callId),
    ...(content.length > 0 && { content }),
    ...(part.isError && { is_error: true }),
    ...cacheControl(part.cache)
  }
}

/** Five minutes is what a breakpoint means when it says nothing. */
export function cacheControl(ttl: CacheTtl | undefined): { cache_control?: WireBlock } {
  if (ttl === undefined) return {}
  return { cache_control: { type: 'ephemeral', ...(ttl === '1h' && { ttl }) } }
}

/** The API takes letters, digits, `_` and `-`; ids of other vendors (`functions.look:0`) are written the same each time. */
export function writeCallId(id: string): string {
  return id.replace(/[^a-zA-Z0-9_-]/g, '_')
}
