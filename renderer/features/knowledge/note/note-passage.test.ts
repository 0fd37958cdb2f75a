import { describe, expect, it } from 'vitest'
import { cutAtPassage } from './note-passage.ts'

const bytes = (text: string): number => new TextEncoder().encode(text).length

describe('cutAtPassage', () => {
  const lead = '# Wärme 🔥\n\nÖfen sind laut.\n\n'
  const passage = '## Pumpe\nDie Pumpe ist „leise“.\n'
  const rest = '\n## Ofen\nLaut.\n'
  const text = lead + passage + rest
  const place = { start: bytes(lead), end: bytes(lead + passage) }

  it('counts bytes, not characters', () => {
    expect(cutAtPassage(text, place)).toEqual({ before: lead, passage, after: rest })
  })

  it('takes whole lines, so that no heading or list is cut in two', () => {
    expect(cutAtPassage(text, { start: place.start + 5, end: place.end - 4 })).toEqual({
      before: lead,
      passage,
      after: rest
    })
  })

  it('takes a passage at the very beginning and at the very end', () => {
    expect(cutAtPassage('one\ntwo', { start: 0, end: 3 })).toEqual({
      before: '',
      passage: 'one\n',
      after: 'two'
    })
    expect(cutAtPassage('one\ntwo', { start: 4, end: 7 })).toEqual({
      before: 'one\n',
      passage: 'two',
      after: ''
    })
  })

  it('marks nothing where the text has become shorter than that', () => {
    expect(cutAtPassage('short', { start: 2, end: 400 })).toBeNull()
    expect(cutAtPassage('short', null)).toBeNull()
  })
})
