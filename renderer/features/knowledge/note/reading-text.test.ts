import { describe, expect, it } from 'vitest'
import { readingText } from './reading-text.ts'

describe('readingText', () => {
  it('leaves out the properties, which are shown beside it', () => {
    expect(readingText('---\ntags: [soup]\n---\n# Leek\n')).toBe('# Leek\n')
    expect(readingText('# Leek\n\n---\n\nmore')).toBe('# Leek\n\n---\n\nmore')
  })

  it('leaves out comments and the ids of blocks, but not those in code', () => {
    expect(readingText('Leek %%buy!%% soup ^soup-1')).toBe('Leek  soup')
    const code = '```\n%%a%% ^b\n```'
    expect(readingText(code)).toBe(code)
  })

  it('makes quotes with a title of callouts', () => {
    expect(readingText('> [!warning] Hot\n> Do not touch.')).toBe('> **Hot**\n> \n> Do not touch.')
    expect(readingText('> [!tip]-')).toBe('> **Tip**\n> ')
  })
})
