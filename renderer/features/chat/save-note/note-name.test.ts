import { expect, it } from 'vitest'
import { noteName } from './note-name.ts'

it('keeps the words and leaves out what a file name or a link cannot have', () => {
  expect(noteName('Which one: A/B or "C"? [2026] #house')).toBe('Which one A B or C 2026 house')
  expect(noteName('  ...hidden. ')).toBe('hidden')
  expect(noteName('日記を書く')).toBe('日記を書く')
  expect(noteName('???')).toBe('Chat')
  expect(noteName('long '.repeat(60)).length).toBeLessThanOrEqual(80)
})
