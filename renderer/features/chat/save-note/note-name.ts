/** A chat's title as the name of a file that every system and Obsidian's links can take. */
export function noteName(title: string): string {
  const name = title
    .replace(/[\p{Cc}\\/:*?"<>|#^[\]]+/gu, ' ')
    .replace(/\s+/g, ' ')
    .trim()
    .replace(/^\.+|\.+$/g, '')
  return name.slice(0, 80).trim() || 'Chat'
}
