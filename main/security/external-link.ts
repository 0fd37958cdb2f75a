/** Fields of a mailto link that only fill in text. Others (`attach`) make some mail programs read files. */
const mailFields = new Set(['to', 'cc', 'bcc', 'subject', 'body'])

/** Fields of an Obsidian link that only name a place. Others (`content`, `append`) write into notes. */
const obsidianFields = new Set(['vault', 'file', 'path'])

/**
 * The one gate between the app and other programs: the link to open, re-serialised, or null if it must not be opened.
 * Only https, mailto and a note in Obsidian pass; never a link with credentials, spaces, control characters or backslashes, which
 * two parsers could read in two ways.
 */
export function externalLink(text: string): string | null {
  if (text.length > 4000 || /[\s\p{Cc}\p{Cf}\\]/u.test(text)) return null
  const url = URL.parse(text)
  if (url === null || url.username !== '' || url.password !== '') return null
  if (url.protocol === 'https:') return url.hostname === '' ? null : url.href
  if (url.protocol === 'obsidian:') return isNoteInObsidian(url) ? url.href : null
  if (url.protocol !== 'mailto:' || !url.pathname.includes('@')) return null
  return [...url.searchParams.keys()].every((field) => mailFields.has(field.toLowerCase())) ? url.href : null
}

/** `obsidian://open` shows a note. What else Obsidian and its plugins take by link (`new`, `hook-get-address`) acts. */
function isNoteInObsidian(url: URL): boolean {
  const fields = [...url.searchParams.keys()]
  return (
    url.host === 'open' &&
    /^\/?$/.test(url.pathname) &&
    url.hash === '' &&
    fields.length > 0 &&
    fields.every((field) => obsidianFields.has(field))
  )
}
