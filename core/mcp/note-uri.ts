const prefix = 'homeport://note/'

/** A note's address as a resource: `homeport://note/vault/Food/B%C3%B6rek.md`. */
export function noteUri(source: string, path: string): string {
  return prefix + [source, ...path.split('/')].map(encodeURIComponent).join('/')
}

/** All addresses of notes (RFC 6570). */
export const noteUriTemplate = `${prefix}{source}/{+path}`

/** The note of an address; null where it is none. */
export function readNoteUri(uri: string): { source: string; path: string } | null {
  if (!uri.startsWith(prefix)) return null
  try {
    const [source = '', ...path] = uri.slice(prefix.length).split('/').map(decodeURIComponent)
    return source === '' || path.join('') === '' ? null : { source, path: path.join('/') }
  } catch {
    // a lone per cent sign
    return null
  }
}
