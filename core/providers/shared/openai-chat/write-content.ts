import type { CacheTtl, ContentPart, MediaSource } from '../../spec/prompt.ts'
import { addressOf, dropped, textOf } from '../written-content.ts'
import type { ChatQuirks } from './vendor.ts'

/** A content part in the words of the wire. */
export type WirePart = Readonly<Record<string, unknown>>

const audioFormats: Readonly<Record<string, string>> = {
  'audio/mpeg': 'mp3',
  'audio/mp3': 'mp3',
  'audio/x-wav': 'wav',
  'audio/wave': 'wav',
  'audio/mp4': 'm4a'
}

/** What a message holds: one text where that is all, else a list of parts. What cannot be carried is named in `warnings`. */
export function writeContent(
  content: readonly ContentPart[],
  quirks: ChatQuirks,
  warnings: Set<string>
): string | WirePart[] {
  const parts = content.map((part) => writePart(part, quirks, warnings)).filter((part) => part !== null)
  const plain = parts.every((part) => part.type === 'text' && part.cache_control === undefined)
  return plain ? joinTexts(parts.map(({ text }) => String(text))) : parts
}

/**
 * Texts that a dialect keeps apart and this one's smaller servers do not. What has no white space between it would run
 * together, so a blank line is put there.
 */
export function joinTexts(texts: readonly string[]): string {
  return texts.reduce((joined, text) => {
    if (joined === '' || text === '') return joined + text
    return /\s$/.test(joined) || /^\s/.test(text) ? joined + text : `${joined}\n\n${text}`
  }, '')
}

/** Null for what is left out. */
function writePart(part: ContentPart, quirks: ChatQuirks, warnings: Set<string>): WirePart | null {
  switch (part.type) {
    case 'text':
      if (part.text === '') return null
      return withCache({ type: 'text', text: part.text }, part.cache, quirks)
    case 'image':
      return withCache(writeImage(part.source, part.detail, quirks, warnings), part.cache, quirks)
    case 'document':
      return withCache(writeDocument(part, quirks, warnings), part.cache, quirks)
    case 'audio':
      return writeAudio(part.source, quirks, warnings)
    case 'unsupported':
      warnings.add(dropped(part))
      return null
    default:
      return null // reasoning, tool calls and results have places of their own
  }
}

function withCache(part: WirePart | null, cache: CacheTtl | undefined, quirks: ChatQuirks): WirePart | null {
  if (part === null || !quirks.cacheControl || cache === undefined) return part
  return { ...part, cache_control: cacheControl(cache) }
}

/** A breakpoint of the prompt cache in Anthropic's words, which OpenRouter and LiteLLM take too. */
export const cacheControl = (cache: CacheTtl): WirePart => ({
  type: 'ephemeral',
  ...(cache === '1h' && { ttl: cache })
})

function writeImage(
  source: MediaSource,
  detail: string | undefined,
  { imageUrls }: ChatQuirks,
  warnings: Set<string>
): WirePart | null {
  if (source.kind === 'file' || (source.kind === 'url' && !imageUrls)) {
    warnings.add(
      source.kind === 'file' ? 'an image given by its file id was dropped' : 'an image_url was dropped'
    )
    return null
  }
  return { type: 'image_url', image_url: { url: addressOf(source), ...(detail && { detail }) } }
}

/** Text is written as text, which every model reads; other documents as the vendor takes them. */
function writeDocument(
  { source, name }: Extract<ContentPart, { type: 'document' }>,
  { documents }: ChatQuirks,
  warnings: Set<string>
): WirePart | null {
  const text = textOf(source)
  if (text !== null) return { type: 'text', text: name === undefined ? text : `${name}:\n\n${text}` }
  if (documents === 'document_url' && source.kind !== 'file') {
    return { type: 'document_url', document_url: addressOf(source), ...(name && { document_name: name }) }
  }
  if (documents === 'file') {
    const file = source.kind === 'file' ? { file_id: source.id } : { file_data: addressOf(source) }
    return {
      type: 'file',
      file: { ...(source.kind !== 'file' && { filename: name ?? 'document' }), ...file }
    }
  }
  warnings.add('a file was dropped')
  return null
}

function writeAudio(source: MediaSource, { audio }: ChatQuirks, warnings: Set<string>): WirePart | null {
  if (source.kind !== 'base64' || !audio) {
    warnings.add('input_audio was dropped')
    return null
  }
  const format = audioFormats[source.mediaType] ?? source.mediaType.replace(/^audio\//, '')
  return { type: 'input_audio', input_audio: { data: source.data, format } }
}
