/** Cuts a text to so many UTF-16 units, never through the middle of a character. */
export function cutText(text: string | null, limit: number): { text: string | null; cut: boolean } {
  if (text === null || text.length <= limit) return { text, cut: false }
  const last = text.charCodeAt(limit - 1)
  const splitsPair = last >= 0xd800 && last <= 0xdbff
  return { text: text.slice(0, splitsPair ? limit - 1 : limit), cut: true }
}
