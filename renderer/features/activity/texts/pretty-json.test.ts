import { expect, it } from 'vitest'
import { prettyJson, prettyJsonLines } from './pretty-json.ts'

it('indents JSON and leaves other text alone', () => {
  expect(prettyJson('{"a":1}')).toBe('{\n  "a": 1\n}')
  expect(prettyJson('data: {"a":1}')).toBe('data: {"a":1}')
})

it('indents each line of a recorded stream', () => {
  expect(prettyJsonLines('{"a":1}\n{"b":2}\n[cut here]')).toBe('{\n  "a": 1\n}\n{\n  "b": 2\n}\n[cut here]')
  expect(prettyJsonLines('{not json')).toBe('{not json')
})
