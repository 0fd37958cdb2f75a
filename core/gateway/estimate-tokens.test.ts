import { expect, it } from 'vitest'
import type { ContentPart } from '../providers/spec/prompt.ts'
import { estimateTokens } from './estimate-tokens.ts'

const asking = (...content: ContentPart[]) => ({
  messages: [{ role: 'user' as const, content }],
  output: 'text' as const,
  unmapped: []
})
const base64 = (mediaType: string, text: string) => ({
  kind: 'base64' as const,
  mediaType,
  data: Buffer.from(text).toString('base64')
})

it('comes within a quarter of what a tokenizer counts for English prose', () => {
  const text =
    'The harbour master keeps a ledger of every vessel that ties up at the quay. When a storm rises, ships from ' +
    'all around the bay come home, and somebody has to know where each of them can lie safely until morning.'
  const counted = 45 // by o200k_base
  const estimated = estimateTokens(asking({ type: 'text', text })) - estimateTokens(asking())
  expect(estimated / counted).toBeGreaterThan(0.75)
  expect(estimated / counted).toBeLessThan(1.25)
})

it('counts text wherever it stands: messages, calls, results, tools and schemas', () => {
  const long = 'word '.repeat(400)
  const empty = estimateTokens(asking())
  const call: ContentPart = { type: 'tool-call', id: 'c', name: 'f', arguments: JSON.stringify({ long }) }
  const result: ContentPart = {
    type: 'tool-result',
    callId: 'c',
    content: [{ type: 'text', text: long }],
    isError: false
  }
  const schema = { type: 'object', description: long }
  for (const request of [
    asking({ type: 'text', text: long }),
    asking({ type: 'reasoning', text: long }),
    asking(call),
    asking(result),
    { ...asking(), tools: [{ name: 'f', parameters: schema }] },
    { ...asking(), tools: [{ name: 'f', description: long, parameters: null }] },
    { ...asking(), output: { name: 'answer', schema } }
  ]) {
    expect(estimateTokens(request) - empty).toBeGreaterThan(400)
  }
})

it('counts a picture as a picture and a text document as its text, not as base64', () => {
  const picture = estimateTokens(asking({ type: 'image', source: base64('image/png', 'x'.repeat(900_000)) }))
  expect(picture).toBeLessThan(2000)
  const document = asking({ type: 'document', source: base64('text/plain', 'word '.repeat(400)) })
  expect(estimateTokens(document)).toBeLessThan(510)
  expect(estimateTokens(document)).toBeGreaterThan(490)
})
