import { expect, test } from 'vitest'
import { attachTraceId } from '../errors/trace-of-error.ts'
import type { ChatEvent } from '../providers/spec/chat.ts'
import { createReplay } from './replay.ts'
import { events, smallPipeline, traceId } from './testing/small-gateway.ts'

const hello: ChatEvent = { parts: [{ type: 'text-delta', text: 'Hi.' }] }
const labels = { feature: 'triage', project: null, session: null, tags: [] }
const { signal } = new AbortController()
const chat = { model: 'up/old', messages: [{ role: 'user', content: 'Why is the sky blue?' }] }
const bodies = {
  'openai-chat': chat,
  'openai-completions': { model: 'up/old', prompt: 'Why is the sky blue?' },
  'openai-responses': { model: 'up/old', input: 'Why is the sky blue?' },
  'anthropic-messages': { ...chat, max_tokens: 100 },
  'google-generate': { contents: [{ role: 'user', parts: [{ text: 'Why is the sky blue?' }] }] },
  'ollama-chat': chat,
  'ollama-generate': { model: 'up/old', prompt: 'Why is the sky blue?' }
}

async function replay(dialect: string, body: string, answer = () => events(hello)) {
  const { pipeline, calls } = smallPipeline(answer)
  const id = await createReplay(pipeline)({ dialect, body, labels }, 'other/new', signal)
  return { id, call: calls[0] }
}

test.each(Object.entries(bodies))('asks another model what was asked in %s', async (dialect, body) => {
  const { id, call } = await replay(dialect, JSON.stringify(body))
  expect(id).toBe(traceId)
  expect(call).toMatchObject({ dialect, model: 'other/new', labels, cache: { mode: 'off' } })
  expect(call?.caller.name).toBe('Replay')
  expect(JSON.stringify(call?.request().messages)).toContain('Why is the sky blue?')
  expect(call?.wire?.body.toString()).not.toContain('up/old')
})

test("asks again what the app's own chat asked", async () => {
  const request = { messages: [{ role: 'user', content: [] }], output: 'text', unmapped: [] }
  const { call } = await replay('openai-chat', JSON.stringify(request))
  expect(call?.wire).toBeNull()
  expect(call?.request()).toEqual(request)
})

test('gives the trace of a call that failed, or broke off', async () => {
  const broken = async function* (): AsyncGenerator<ChatEvent> {
    yield hello
    throw new Error('cut')
  }
  expect((await replay('openai-chat', JSON.stringify(chat), broken)).id).toBe(traceId)
  const refused = new Error('refused')
  attachTraceId(refused, 'trace-of-refusal')
  const refusing = () => {
    throw refused
  }
  expect((await replay('openai-chat', JSON.stringify(chat), refusing)).id).toBe('trace-of-refusal')
})

test.each([
  ['openai-embeddings', '{"input":"a"}'],
  ['openai-chat', '{"messages":[{"role":"us']
])('refuses to ask again what was %s: %s', async (dialect, body) => {
  await expect(replay(dialect, body)).rejects.toMatchObject({ code: 'bad-request' })
})
