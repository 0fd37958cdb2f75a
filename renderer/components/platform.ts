/** Whether this is a Mac, where shortcuts use the Command key. */
export const isMac = /mac/i.test(navigator.platform)

/** A shortcut as this platform writes it: `⌘K` or `Ctrl K`. */
export function shortcutText(key: string): string {
  return isMac ? `⌘${key}` : `Ctrl ${key}`
}
