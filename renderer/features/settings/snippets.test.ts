import { describe, expect, it } from 'vitest'
import { snippets } from './snippets.ts'

const all = snippets('http://127.0.0.1:7678', 'hp_secret', 'openai/gpt-5.2')

describe('snippets', () => {
  it('hold the real address, key and model, each of them', () => {
    for (const { text } of all) {
      expect(text).toContain('http://127.0.0.1:7678/v1')
      expect(text).toContain('hp_secret')
      expect(text).toContain('openai/gpt-5.2')
    }
  })

  it('stay one argument of the shell with a quote in the name', () => {
    const curl = snippets('http://127.0.0.1:7678', 'k', "o'brien").find(({ id }) => id === 'curl')
    expect(curl?.text).toContain("o'\\''brien")
  })
})
