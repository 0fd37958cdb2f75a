import type { ContentPart, MediaSource } from '../spec/prompt.ts'

/** The words of a warning about a part that a vendor has no place for. */
export function dropped(part: ContentPart): string {
  return `message content of type ${part.type === 'unsupported' ? part.kind : part.type} was dropped`
}

/** Where a vendor of OpenAI's manner finds media: their own address, or a `data:` URL with all of them. */
export function addressOf(source: Exclude<MediaSource, { kind: 'file' }>): string {
  return source.kind === 'url' ? source.url : `data:${source.mediaType};base64,${source.data}`
}

/** A document of plain text as that text; null for any other. */
export function textOf(source: MediaSource): string | null {
  if (source.kind !== 'base64' || !source.mediaType.startsWith('text/')) return null
  return Buffer.from(source.data, 'base64').toString('utf8')
}
