import { describe, expect, it } from 'vitest'
import { findProblem } from './config-problem.ts'

const text = `version: 1
providers:
  - id: openai
    kind: opnai
aliases:
  gpt-5.2:
    strategy: fastest
    targets:
      - openai/gpt-5.2
      - model: openai/gpt-5.2-mini
        weight: none
`
const found = (message: string) => {
  const stretch = findProblem(text, message)
  return stretch && text.slice(stretch.start, stretch.end)
}
const refused = (what: string) => `This configuration cannot be taken: ${what}.`

describe('findProblem', () => {
  it('selects the line that a message names', () => {
    expect(found(refused('it is no YAML: Nested mappings are not allowed at line 4, column 3'))).toBe(
      '    kind: opnai'
    )
    expect(found('error at line 99')).toBeNull()
  })

  it('selects the place that a message names, also in a list and below a name with dots', () => {
    expect(found(refused('aliases.gpt-5.2.strategy: Invalid option'))).toBe('strategy')
    expect(found(refused('providers.0.kind: there is no such kind'))).toBe('kind')
    expect(found(refused('aliases.gpt-5.2.targets.1.weight: Invalid input'))).toBe('weight')
    expect(found(refused('aliases.gpt-5.2.targets.0: Invalid input'))).toBe('openai/gpt-5.2')
  })

  it('selects a name that is not known there', () => {
    expect(found(refused('Unrecognized key: "providers"'))).toBe('providers')
    expect(found(refused('aliases.gpt-5.2: Unrecognized key: "strategy"'))).toBe('strategy')
  })

  it('selects what something is missing in', () => {
    expect(found(refused('aliases.gpt-5.2.idleTimeoutMs: Required'))).toBe('gpt-5.2')
  })

  it('selects nothing where the message names no place, or the text cannot be read that far', () => {
    expect(found('The daemon is not answering.')).toBeNull()
    expect(found(refused('limits.Editor: Invalid input'))).toBeNull()
    expect(findProblem('', refused('version: Required'))).toBeNull()
  })
})
