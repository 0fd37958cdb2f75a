import { expect, test } from 'vitest'
import { RawUsage } from './usage.ts'

function usageOf(contentType: string, ...chunks: string[]) {
  return usageOfSpeech(null, contentType, ...chunks)
}

function usageOfSpeech(characters: number | null, contentType: string, ...chunks: string[]) {
  const usage = new RawUsage(contentType, characters)
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
  ['application/json', '[1'],
  ['application/json', '{"usage":{"input_tokens":-1}}'],
  ['text/event-stream', 'data: {"delta":"usage"}\n\n'],
  ['audio/mpeg', '\n\ndata: 1']
])('is unknown for %s: %s', (contentType, body) => {
  expect(usageOf(contentType, body)).toBeNull()
})

test.each([
  ['seconds of sound', '{"text":"x","usage":{"type":"duration","seconds":9}}', { seconds: 9 }],
  ['the length of a verbose transcript', '{"text":"x","duration":8.47}', { seconds: 8.47 }],
  ['pictures', '{"created":1,"data":[{"url":"a"},{"url":"b"}]}', { images: 2 }]
])('counts %s', (_, body, units) => {
  expect(usageOf('application/json', body)).toMatchObject({ input: { total: 0 }, units })
})

test('tells sound and pictures in the prompt from text', () => {
  const details = '"input_tokens_details":{"text_tokens":10,"image_tokens":20,"cached_tokens":5}'
  expect(
    usageOf('application/json', `{"usage":{"input_tokens":30,${details},"output_tokens":4}}`)
  ).toMatchObject({
    input: { total: 30, noCache: 25, cacheRead: 5, image: 20 }
  })
  const sound = '"input_token_details":{"text_tokens":0,"audio_tokens":30}'
  expect(
    usageOf('application/json', `{"usage":{"input_tokens":30,${sound},"output_tokens":4}}`)
  ).toMatchObject({
    input: { total: 30, audio: 30 }
  })
})

test('counts the characters that were spoken, where the sound says nothing of itself', () => {
  expect(usageOfSpeech(12, 'audio/mpeg', 'ID3')).toMatchObject({ units: { characters: 12 } })
  const done = 'data: {"type":"speech.audio.done","usage":{"input_tokens":30,"output_tokens":4}}\n\n'
  expect(usageOfSpeech(12, 'text/event-stream', done)).toMatchObject(counted)
})
