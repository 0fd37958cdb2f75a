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

/** A note of a vault as Obsidian opens it; null for anything else that Obsidian, or a program, would do by link. */
export function checkNoteLink(href: string): string | null {
  if (href.length > 4000 || !/^obsidian:\/\/open\/?\?[^\s#\\]+$/.test(href)) return null
  const fields = [...new URL(href).searchParams.keys()]
  return fields.every((field) => ['vault', 'file', 'path'].includes(field)) ? href : null
}
