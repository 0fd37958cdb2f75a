const MAX_CHARACTERS = 60

/** A chat's name from its first question: its first line, cut at a word. */
export function titleFromText(text: string): string {
  const line = text.split('\n').find((candidate) => candidate.trim() !== '') ?? ''
  const plain = line
    .replace(/^[#>\-*\s]+/, '')
    .replace(/\s+/g, ' ')
    .trim()
  if (plain === '') return 'New chat'
  const characters = [...plain]
  if (characters.length <= MAX_CHARACTERS) return plain
  const cut = characters.slice(0, MAX_CHARACTERS).join('')
  const lastSpace = cut.lastIndexOf(' ')
  return `${lastSpace > MAX_CHARACTERS / 2 ? cut.slice(0, lastSpace) : cut}…`
}
