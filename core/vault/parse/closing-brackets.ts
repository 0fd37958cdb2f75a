/** The bracket that closes the one before `from`, in the same block; -1 where none does. */
export function closingBracket(text: string, from: number, end: number): number {
  let depth = 1
  for (let i = from; i < end; i += 1) {
    const code = text.charCodeAt(i)
    if (code === 92) i += 1
    else if (code === 91) depth += 1
    else if (code === 93 && --depth === 0) return i
  }
  return -1
}

/** The parenthesis that closes the one before `from`, in the same line; -1 where none does. */
export function closingParenthesis(text: string, from: number, end: number): number {
  if (text.charCodeAt(from) === 60) {
    const close = text.indexOf('>', from)
    if (close === -1 || close >= end) return -1
    const last = text.indexOf(')', close)
    return last < end ? last : -1
  }
  let depth = 1
  for (let i = from; i < end; i += 1) {
    const code = text.charCodeAt(i)
    if (code === 92) i += 1
    else if (code === 10) return -1
    else if (code === 40) depth += 1
    else if (code === 41 && --depth === 0) return i
  }
  return -1
}
