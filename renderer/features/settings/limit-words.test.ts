import { expect, it } from 'vitest'
import { describeLimits } from './limit-words.ts'

const none = { requestsPerMinute: null, tokensPerMinute: null, onDeviceOnly: false }

it('says what a key may take', () => {
  expect(describeLimits(none)).toBe('no limit')
  expect(describeLimits({ ...none, requestsPerMinute: 1 })).toBe('1 request a minute')
  expect(describeLimits({ requestsPerMinute: 60, tokensPerMinute: 200_000, onDeviceOnly: true })).toBe(
    '60 requests and 200,000 tokens a minute, on-device only'
  )
})
