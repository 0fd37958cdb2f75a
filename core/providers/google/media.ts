import { HomeportError } from '../../errors/homeport-error.ts'
import type { MediaSource } from '../spec/prompt.ts'

export type MediaKind = 'image' | 'document' | 'audio'

/** Google wants to be told what a file is; where nobody said, the end of its address tells. */
const typeByEnding: ReadonlyMap<string, string> = new Map([
  ['png', 'image/png'],
  ['webp', 'image/webp'],
  ['heic', 'image/heic'],
  ['heif', 'image/heif'],
  ['gif', 'image/gif'],
  ['txt', 'text/plain'],
  ['md', 'text/markdown'],
  ['csv', 'text/csv'],
  ['html', 'text/html'],
  ['wav', 'audio/wav'],
  ['ogg', 'audio/ogg'],
  ['flac', 'audio/flac'],
  ['m4a', 'audio/m4a']
])
const usualType: Readonly<Record<MediaKind, string>> = {
  image: 'image/jpeg',
  document: 'application/pdf',
  audio: 'audio/mpeg'
}

/**
 * The part that carries a picture, document or sound: its bytes, or where Google finds it (a public address, or a file of
 * its Files API below `filesUrl`). Throws `bad-request` for a file that was uploaded to another vendor.
 * Source: https://ai.google.dev/gemini-api/docs/file-input-methods
 */
export function writeMedia(source: MediaSource, kind: MediaKind, filesUrl: string) {
  switch (source.kind) {
    case 'base64':
      return { inlineData: { mimeType: source.mediaType, data: source.data } }
    case 'url':
      return { fileData: { fileUri: source.url, mimeType: typeOf(source.url, kind) } }
    case 'file':
      return { fileData: { fileUri: fileUri(source.id, filesUrl) } }
  }
}

function typeOf(url: string, kind: MediaKind): string {
  const ending = /\.([a-z0-9]+)$/i.exec(URL.parse(url)?.pathname ?? '')?.[1]?.toLowerCase()
  return typeByEnding.get(ending ?? '') ?? usualType[kind]
}

function fileUri(id: string, filesUrl: string): string {
  if (/^files\/[\w-]+$/.test(id)) return `${filesUrl}/${id}`
  if (/^(https|gs):\/\//.test(id)) return id
  throw new HomeportError('bad-request', `The file ${id.slice(0, 100)} is not one of Google's Files API.`, {
    action: 'Files that were uploaded to one provider cannot be read by another: send the file itself.'
  })
}
