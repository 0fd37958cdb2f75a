/** Fields of a mailto link that only fill in text. Others (`attach`) make some mail programs read files. */
const mailFields = new Set(['to', 'cc', 'bcc', 'subject', 'body'])

/**
 * The one gate between the app and the person's browser: the link to open, re-serialised, or null if it must not be
 * opened. Only https and mailto pass; never a link with credentials, spaces, control characters or backslashes, which
 * two parsers could read in two ways.
 */
export function externalLink(text: string): string | null {
  if (text.length > 4000 || /[\s\p{Cc}\p{Cf}\\]/u.test(text)) return null
  const url = URL.parse(text)
  if (url === null || url.username !== '' || url.password !== '') return null
  if (url.protocol === 'https:') return url.hostname === '' ? null : url.href
  if (url.protocol !== 'mailto:' || !url.pathname.includes('@')) return null
  return [...url.searchParams.keys()].every((field) => mailFields.has(field.toLowerCase())) ? url.href : null
}
