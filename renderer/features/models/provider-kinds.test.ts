import { describe, expect, it } from 'vitest'
import type { ProviderKind } from '../../../core/contract/models.ts'
import { groupKinds, keyPage, kindName } from './provider-kinds.ts'

const kind = (name: string, label: string, defaultBaseUrl: string | null): ProviderKind => ({
  kind: name,
  label,
  defaultBaseUrl,
  needsKey: true,
  options: []
})
const custom = kind('openai-compatible', 'OpenAI-compatible server', null)
const kinds = [
  custom,
  kind('zai', 'Z.ai', 'https://api.z.ai/api/paas/v4'),
  kind('ollama', 'Ollama', 'http://127.0.0.1:11434/v1'),
  kind('cerebras', 'Cerebras', 'https://api.cerebras.ai/v1'),
  kind('openai', 'OpenAI', 'https://api.openai.com/v1'),
  kind('azure', 'Azure OpenAI', null)
]
const names = (search: string) =>
  groupKinds(kinds, search).map((group) => group.kinds.map((item) => item.kind))

describe('groupKinds', () => {
  it('puts vendors people come with first, then the others by name, then local servers, then custom', () => {
    expect(names('')).toEqual([['openai', 'azure', 'cerebras', 'zai'], ['ollama'], ['openai-compatible']])
  })

  it('finds by every word of the search, and leaves out groups without a match', () => {
    expect(names('azure open')).toEqual([['azure']])
    expect(names('custom')).toEqual([['openai-compatible']])
    expect(names('nothing like it')).toEqual([])
  })
})

it('calls the kind for everything else "Custom"', () => {
  expect(kindName(custom)).toBe('Custom')
})

it('knows key pages by https only', () => {
  for (const item of kinds) expect(keyPage(item) ?? 'https://').toMatch(/^https:\/\//)
})
