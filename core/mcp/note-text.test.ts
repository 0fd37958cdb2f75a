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
  const text = [
    '# Soup',
    'Intro',
    '## **Leek** `soup`',
    'Boil.',
    '```sh',
    '# not a heading',
    '```',
    '### Notes ###',
    'Salt.',
    '## Other',
    'End.'
  ].join('\n')

  test('ends at the next heading of its level, and holds those below it', () => {
    expect(sectionUnder(text, 'leek soup')).toBe(
      text.slice(text.indexOf('## **'), text.indexOf('\n## Other'))
    )
    expect(sectionUnder(text, '### Notes')).toBe('### Notes ###\nSalt.')
    expect(sectionUnder(text, 'Other')).toBe('## Other\nEnd.')
    expect(sectionUnder(text, 'Soup')).toBe(text)
  })

  test('is not there where its heading is code, or missing', () => {
    expect(sectionUnder(text, 'not a heading')).toBeNull()
    expect(sectionUnder(text, 'Dessert')).toBeNull()
  })
})
