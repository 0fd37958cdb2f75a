import { expect, it } from 'vitest'
import { describeRule } from './rule-words.ts'

const keyName = (id: string) => `key ${id}`

it('says a rule as a person would', () => {
  expect(describeRule({ hasCode: true, hasImages: false, minTokens: 4000 }, keyName)).toBe(
    'requests with code, without images, of 4,000 tokens or more'
  )
  expect(describeRule({ minTokens: 10, maxTokens: 2000 }, keyName)).toBe('requests of 10 to 2,000 tokens')
  expect(describeRule({ onDeviceOnly: true, appKeys: ['a', 'b'] }, keyName)).toBe(
    'requests that must stay on this machine, from key a or key b'
  )
})

it('takes everything where nothing is asked for', () => {
  expect(describeRule(undefined, keyName)).toBe('every request')
  expect(describeRule({ appKeys: [] }, keyName)).toBe('every request')
})
