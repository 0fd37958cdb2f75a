import { describe, expect, it } from 'vitest'
import { titleFromText } from './chat-title.ts'

describe('a chat title', () => {
  it('is the first line with words in it, without markdown marks', () => {
    expect(titleFromText('\n\n## Plan  the   trip\nand more')).toBe('Plan the trip')
  })

  it('is cut at a word, never inside a character', () => {
    const title = titleFromText(`${'word '.repeat(30)}`)
    expect(title).toMatch(/^(word ?)+…$/)
    expect(titleFromText('😀'.repeat(100))).toBe(`${'😀'.repeat(60)}…`)
  })

  it('has a name even for a question without words', () => {
    expect(titleFromText('  \n')).toBe('New chat')
  })
})
