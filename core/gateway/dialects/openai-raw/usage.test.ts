import { expect, test } from 'vitest'
import { RawUsage } from './usage.ts'

function usageOf(contentType: string, ...chunks: string[]) {
  const usage = new RawUsage(contentType)
  for (const chunk of chunks) usage.add(Buffer.from(chunk))
  return usage.read()
}
const counted = { input: { total: 30, noCache: 30 }, output: { total: 4 } }

test('is read from a JSON body that came in pieces', () => {
  expect(
    usageOf('application/json', '{"text":"x","usage":{"input_', 'tokens":30,"output_tokens":4}}')
  ).toMatchObject(counted)
})

test('is read from the last event that has it, however long the stream was', () => {
  const delta = `data: {"type":"transcript.text.delta","delta":"${'x'.repeat(1000)}"}\n\n`
  const done = 'data: {"type":"transcript.text.done","usage":{"input_tokens":30,"output_tokens":4}}\n\n'
  expect(usageOf('text/event-stream', ...Array(500).fill(delta), done, 'data: [DONE]\n\n')).toMatchObject(
    counted
  )
})

test.each([
  ['application/json', '{"usage":{"type":"duration","seconds":9}}'],
  ['application/json', '[1'],
  ['application/json', '{"usage":{"input_tokens":-1}}'],
  ['text/event-stream', 'data: {"delta":"usage"}\n\n'],
  ['audio/mpeg', '\n\ndata: 1']
])('is unknown for %s: %s', (contentType, body) => {
  expect(usageOf(contentType, body)).toBeNull()
})
