import { describe, expect, test } from 'vitest'
import { pageOf, sectionUnder } from './note-text.ts'

describe('a page', () => {
  test('goes on where the one before ended, until all is read', () => {
    const text = 'Grüße 😀 an alle, die dies lesen'
    let read = ''
    let offset: number | null = 0
    while (offset !== null) {
      const page = pageOf(text, offset, 7)
      expect(page.offset).toBe(read.length)
      expect(page.text.isWellFormed()).toBe(true)
      read += page.text
      offset = page.nextOffset
    }
    expect(read).toBe(text)
  })

  test('beyond the end is empty', () => {
    expect(pageOf('short', 99, 10)).toEqual({ text: '', offset: 5, nextOffset: null, length: 5 })
  })
})

describe('a section', () => {
  const text = '# Süppchen\nIntro 😀\n## **Leek** `soup`\nBoil.\n### Notes\nSalt.\n## Other\nEnd.\n'
  const at = (line: string): number => Buffer.byteLength(text.slice(0, text.indexOf(line)))
  const note = {
    text,
    headings: [
      { text: 'Süppchen', level: 1, start: 0 },
      { text: '**Leek** `soup`', level: 2, start: at('## **') },
      { text: 'Notes', level: 3, start: at('### Notes') },
      { text: 'Other', level: 2, start: at('## Other') }
    ]
  }

  test('ends at the next heading of its level or above, and holds those below it', () => {
    expect(sectionUnder(note, 'leek soup')).toBe('## **Leek** `soup`\nBoil.\n### Notes\nSalt.')
    expect(sectionUnder(note, '### Notes')).toBe('### Notes\nSalt.')
    expect(sectionUnder(note, 'Other')).toBe('## Other\nEnd.')
    expect(sectionUnder(note, 'su\u0308ppchen')).toBe(text.trimEnd())
  })

  test('is none where the note has no such heading', () => {
    expect(sectionUnder(note, 'Dessert')).toBeNull()
  })
})
