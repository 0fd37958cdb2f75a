/** An `@` and the letters after it that the caret stands behind. Characters from, until. */
export interface ScopeToken {
  start: number
  end: number
  typed: string
}

/** What is being typed after an `@` at the beginning of a word; null where nothing is. Names may have spaces in them. */
export function scopeToken(text: string, caret: number): ScopeToken | null {
  const found = /(?:^|\s)@((?:[^\s@](?:[^\n@]{0,78}[^\s@])?)?)$/u.exec(text.slice(0, caret))
  if (!found) return null
  const typed = found[1] ?? ''
  return { start: caret - typed.length - 1, end: caret, typed }
}

/** The text without it, and without the space it would leave behind. */
export function withoutToken(text: string, { start, end }: ScopeToken): string {
  const before = text.slice(0, start)
  const after = text.slice(end)
  return before === '' || /\s$/.test(before) ? before + after.replace(/^ /, '') : before + after
}
