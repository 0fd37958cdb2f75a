import { expect, it } from 'vitest'
import type { ReasoningRequest } from '../spec/chat-options.ts'
import { writeThinking } from './thinking.ts'

const asked = (reasoning: ReasoningRequest, model: string) => {
  const warnings: string[] = []
  const config = writeThinking(reasoning, model, warnings)
  return {
    level: config?.thinkingLevel ?? config?.thinkingBudget,
    thoughts: config?.includeThoughts,
    warnings
  }
}

it.each<[string, ReasoningRequest, string | number | undefined]>([
  ['gemini-2.5-flash', { effort: 'low' }, 4096],
  ['gemini-2.5-flash', { effort: 'xhigh' }, 24_576],
  ['gemini-2.5-pro', { effort: 'xhigh' }, 32_768],
  ['gemini-2.5-flash-lite', { effort: 'minimal' }, 1024],
  ['gemini-2.5-flash', { budgetTokens: 5000 }, 5000],
  ['gemini-2.5-flash', { effort: 'none' }, 0],
  ['gemini-2.5-flash', { show: true }, undefined],
  ['gemini-3-pro-preview', { effort: 'medium' }, 'HIGH'],
  ['gemini-3.1-pro-preview', { effort: 'medium' }, 'MEDIUM'],
  ['gemini-3-pro-preview', { effort: 'minimal' }, 'LOW'],
  ['gemini-3-flash-preview', { effort: 'minimal' }, 'MINIMAL'],
  ['gemini-3.8-flash', { effort: 'minimal' }, 'LOW'],
  ['gemini-flash-latest', { effort: 'minimal' }, 'LOW'],
  ['gemini-3.1-flash-lite', { effort: 'minimal' }, 'MINIMAL'],
  ['gemini-3-flash-preview', { effort: 'xhigh' }, 'HIGH'],
  ['gemini-3-flash-preview', { budgetTokens: 9000 }, 'MEDIUM'],
  ['gemini-3-flash-preview', {}, undefined]
])('asks %s for %o by %s', (model, reasoning, level) => {
  expect(asked(reasoning, model)).toMatchObject({ level, warnings: [] })
})

it('shows thoughts unless they are off or not wanted', () => {
  expect(asked({ effort: 'low' }, 'gemini-2.5-flash').thoughts).toBe(true)
  expect(asked({ effort: 'none' }, 'gemini-2.5-flash').thoughts).toBe(false)
  expect(asked({ effort: 'low', show: false }, 'gemini-3-flash-preview').thoughts).toBe(false)
})

it.each<[string, ReasoningRequest, string | number | undefined, string]>([
  [
    'gemini-2.5-flash',
    { budgetTokens: 31_999 },
    24_576,
    'the reasoning budget of 31999 tokens was set to 24576'
  ],
  ['gemini-2.5-pro', { effort: 'none' }, 128, 'the reasoning budget of 0 tokens was set to 128'],
  [
    'gemini-3-flash-preview',
    { effort: 'none' },
    'MINIMAL',
    'reasoning cannot be turned off and was set to MINIMAL'
  ],
  ['gemini-3-pro-preview', { budgetTokens: 0 }, 'LOW', 'reasoning cannot be turned off and was set to LOW'],
  ['gemini-2.0-flash', { effort: 'low' }, undefined, 'reasoning was dropped'],
  ['gemma-3-27b-it', { effort: 'low' }, undefined, 'reasoning was dropped']
])('says when %s cannot do %o', (model, reasoning, level, warning) => {
  expect(asked(reasoning, model)).toMatchObject({ level, warnings: [warning] })
})

it('has nothing to say where thinking is off and there is none', () => {
  expect(asked({ effort: 'none' }, 'gemini-2.0-flash')).toMatchObject({ level: undefined, warnings: [] })
})
