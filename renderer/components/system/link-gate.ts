/**
 * The link as it may be opened, written anew by the URL parser; null when it may not: anything but https and mailto,
 * names and passwords in it, or text that is not exactly a link.
 */
export function checkLink(href: string): string | null {
  if (href.length > 4000 || href !== href.trim() || !URL.canParse(href)) return null
  const url = new URL(href)
  if (url.protocol === 'mailto:') return url.href
  if (url.protocol !== 'https:' || url.username !== '' || url.password !== '') return null
  // `https:host` without slashes parses too, and reads like something else
  return /^https:\/\/[^/\\]/i.test(href) ? url.href : null
}
