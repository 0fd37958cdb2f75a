import { describe, expect, it } from 'vitest'
import { resolvePricing } from './pricing.ts'

/** Whose only prices are those that the person set. */
const own = { vendor: 'provider/mine' }

describe('resolvePricing', () => {
  it.each([
    ['https://api.openai.com/v1', { vendor: 'openai' }],
    ['https://generativelanguage.googleapis.com/v1beta/openai', { vendor: 'google' }],
    ['https://openrouter.ai/api/v1', { vendor: 'openrouter' }],
    ['https://api.cohere.com', { vendor: 'cohere' }],
    ['https://mine.openai.azure.com', { vendor: 'azure' }],
    ['https://mine.services.ai.azure.com/models', { vendor: 'azure' }],
    ['https://dashscope.aliyuncs.com/compatible-mode/v1', own],
    ['https://openai.azure.com.evil.example', own],
    ['http://127.0.0.1:11434/v1', 'free'],
    ['http://localhost:1234/v1', 'free'],
    ['http://[::1]:8080/v1', 'free'],
    // a proxy to paid models can be on any port of this machine
    ['http://localhost:4000/v1', own],
    ['http://192.168.1.9:11434/v1', own],
    ['https://api.openai.com.evil.example/v1', own],
    ['https://llm.example.com/v1', own]
  ])('auto for %s is %j', (baseUrl, expected) => {
    expect(resolvePricing('auto', { id: 'mine', baseUrl })).toEqual(expected)
  })

  it('takes what the person chose over the address', () => {
    expect(resolvePricing('free', { id: 'mine', baseUrl: 'https://api.openai.com/v1' })).toBe('free')
    expect(resolvePricing('unknown', { id: 'mine', baseUrl: 'https://api.openai.com/v1' })).toBe('unknown')
    expect(resolvePricing('groq', { id: 'mine', baseUrl: 'http://localhost:11434/v1' })).toEqual({
      vendor: 'groq'
    })
  })
})
