import { expect, it } from 'vitest'
import { findProblem } from './config-problem.ts'

const text = `version: 1
providers:
  - id: openai
    kind: opnai\r
`
const found = (message: string) => {
  const stretch = findProblem(text, message)
  return stretch && text.slice(stretch.start, stretch.end)
}

it('selects the words of the line that a message names', () => {
  const refused = 'This configuration cannot be taken:'
  expect(found(`${refused} line 1, version: it must be 2.`)).toBe('version: 1')
  expect(found('line 4, providers[0]: There is no kind of provider called opnai.')).toBe('kind: opnai')
  expect(found(`${refused} line 3 is no YAML: Nested mappings are not allowed.`)).toBe('- id: openai')
})

it('selects nothing where a message names no line, or none that is there', () => {
  expect(found('The daemon is not answering.')).toBeNull()
  expect(found('line 99: it is missing')).toBeNull()
})
