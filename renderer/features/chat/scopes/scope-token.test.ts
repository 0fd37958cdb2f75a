import { describe, expect, it } from 'vitest'
import { scopeToken, withoutToken } from './scope-token.ts'

const at = (marked: string) => scopeToken(marked.replace('|', ''), marked.indexOf('|'))

describe('scopeToken', () => {
  it('begins with an @ at the start of a word and ends at the caret', () => {
    expect(at('@|')).toEqual({ start: 0, end: 1, typed: '' })
    expect(at('ask @home/Fo|od')).toEqual({ start: 4, end: 12, typed: 'home/Fo' })
    expect(at('a\n@home#soup|')).toMatchObject({ typed: 'home#soup' })
    expect(at('ask @home/Bread, ro|lls')).toMatchObject({ typed: 'home/Bread, ro' })
  })

  it('is nothing in an address, after a space, or without an @', () => {
    for (const text of ['me@example.com|', '@home\nand|', '@ home|', '@home |', 'home|', '|@home', ''])
      expect(at(text)).toBeNull()
  })
})

describe('withoutToken', () => {
  const without = (text: string, typed: string) => {
    const start = text.indexOf(`@${typed}`)
    return withoutToken(text, { start, end: start + typed.length + 1, typed })
  }

  it('leaves the words around it with one space between', () => {
    expect(without('ask @home about it', 'home')).toBe('ask about it')
    expect(without('@home what is it', 'home')).toBe('what is it')
    expect(without('what is it @home', 'home')).toBe('what is it ')
  })
})
