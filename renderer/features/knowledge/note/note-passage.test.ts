import { describe, expect, it } from 'vitest'
import { cutAtPassage } from './note-passage.ts'

const bytes = (text: string): number => new TextEncoder().encode(text).length

describe('cutAtPassage', () => {
  const lead = '# Wärme 🔥\n\nÖfen sind laut.\n\n'
  const passage = '## Pumpe\nDie Pumpe ist „leise“.\n'
  const rest = '\n## Ofen\nLaut.\n'
  const text = lead + passage + rest
  const place = { start: bytes(lead), end: bytes(lead + passage), begins: '' }

  it('counts bytes, not characters', () => {
    expect(cutAtPassage(text, place)).toEqual({ before: lead, passage, after: rest })
  })

  it('takes whole lines, so that no heading or list is cut in two', () => {
    expect(cutAtPassage(text, { ...place, start: place.start + 5, end: place.end - 4 })).toEqual({
      before: lead,
      passage,
      after: rest
    })
  })

  it('takes a passage at the very beginning and at the very end', () => {
    expect(cutAtPassage('one\ntwo', { start: 0, end: 3, begins: '' })).toEqual({
      before: '',
      passage: 'one\n',
      after: 'two'
    })
    expect(cutAtPassage('one\ntwo', { start: 4, end: 7, begins: '' })).toEqual({
      before: 'one\n',
      passage: 'two',
      after: ''
    })
  })

  it('marks nothing where the text has become shorter than that', () => {
    expect(cutAtPassage('short', { start: 2, end: 400, begins: '' })).toBeNull()
    expect(cutAtPassage('short', null)).toBeNull()
  })

  it('follows a passage that has moved since, to the nearest place that begins like it', () => {
    const begins = '## Pumpe'
    const added = 'New on top, and more of it.\n\n'
    expect(cutAtPassage(added + text, { ...place, begins })).toEqual({
      before: added + lead,
      passage,
      after: rest
    })
    const twice = `## Pumpe\nold\n\n${text}`
    expect(cutAtPassage(twice, { ...place, start: place.start + 10, begins })?.before).toMatch(/laut/)
  })

  it('believes the bytes where nothing begins like it', () => {
    expect(cutAtPassage(text, { ...place, begins: 'not there' })?.passage).toBe(passage)
  })
})
