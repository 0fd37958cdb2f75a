import { describe, expect, it } from 'vitest'
import type { TargetHealth } from '../../../core/contract/aliases.ts'
import type { Provider } from '../../../core/contract/models.ts'
import { countKeys, describeHealth, describeTest, summarizeHealth } from './provider-facts.ts'

const provider: Provider = {
  id: 'a',
  kind: 'openai',
  name: 'A',
  baseUrl: 'https://a.example/v1',
  hasKey: true,
  keyCount: 1,
  options: {},
  pricing: 'auto',
  models: [],
  createdAt: 0,
  lastTest: null
}
const target = (state: TargetHealth['state'], restsUntil: number | null = null): TargetHealth => ({
  model: 'a/x',
  state,
  restsUntil,
  latencyMs: null,
  inFlight: 0,
  calls: 0,
  failures: 0,
  lastError: null
})

it('counts keys without ever showing one', () => {
  expect(countKeys({ ...provider, keyCount: 0 })).toBe('no key')
  expect(countKeys(provider)).toBe('1 key')
  expect(countKeys({ ...provider, keyCount: 3 })).toBe('3 keys')
})

it('tells a test that failed from one that was never made', () => {
  expect(describeTest(provider, 0)).toEqual({ tone: 'idle', words: 'not tested' })
  const failed = { ok: false, at: 0, message: 'no', latencyMs: null }
  expect(describeTest({ ...provider, lastTest: failed }, 1000)).toEqual({
    tone: 'bad',
    words: 'failed just now'
  })
  const fine = { ok: true, at: 0, message: '', latencyMs: 411.6 }
  expect(describeTest({ ...provider, lastTest: fine }, 1000).words).toBe('412 ms, just now')
})

describe('health', () => {
  it('says how long a model still rests', () => {
    expect(describeHealth(target('resting', 25_000), 0).words).toBe('resting 25 s')
    expect(describeHealth(target('resting', 600_000), 0).words).toBe('resting 10 min')
    expect(describeHealth(target('resting', 1000), 2000).words).toBe('resting')
  })

  it('names a model nobody asked as not used, also when nothing is known of it', () => {
    expect(describeHealth(undefined, 0).words).toBe('not used')
    expect(describeHealth(target('unused'), 0).words).toBe('not used')
  })

  it('sums up what is worth a look first', () => {
    const all = [target('well'), target('resting'), target('well'), target('unused'), target('trying')]
    expect(summarizeHealth(all).map(({ words }) => words)).toEqual(['1 resting', '1 trying again', '2 well'])
    expect(summarizeHealth([target('unused')])).toEqual([])
  })
})
