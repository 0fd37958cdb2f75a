import { expect, test } from 'vitest'
import { noteUri, readNoteUri } from './note-uri.ts'

test.each(['Food/Soup.md', 'Börek & Co/50% #1?.md', 'a b/c+d.md', 'üñí/😀.md'])(
  'the address of %s leads back to it, also through a URL',
  (path) => {
    const uri = noteUri('vault', path)
    expect(readNoteUri(uri)).toEqual({ source: 'vault', path })
    expect(readNoteUri(new URL(uri).href)).toEqual({ source: 'vault', path })
  }
)

test.each([
  'homeport://note/',
  'homeport://note/vault',
  'homeport://note/vault/',
  'file:///etc/passwd',
  'homeport://note/vault/%'
])('%s is no address of a note', (uri) => expect(readNoteUri(uri)).toBeNull())
