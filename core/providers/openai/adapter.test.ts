import { expect, test } from 'vitest'
import { collect, sendJson } from '../../../test/support/recording-upstream.ts'
import { callOf, recordingServer, wireOf } from '../shared/openai-responses/recording-server.test-support.ts'
import { createAdapter } from './adapter.ts'

const choices = [
  { index: 0, message: { role: 'assistant', content: 'Hi' }, text: 'Hi', finish_reason: 'stop' }
]
const response = { object: 'response', status: 'completed', output: [] }
const vector = { data: [{ index: 0, embedding: [0.5] }] }

async function start(options: Record<string, string> = {}) {
  const server = await recordingServer((res) =>
    sendJson(res, { model: 'm', choices, ...response, ...vector })
  )
  return { ...server, provider: createAdapter(server.http).create(server.config({ options })) }
}

const chatBody = '{"model":"up/m","messages":[{"role":"user","content":"Hi"}]}'
const chatWire = wireOf('openai-chat', chatBody)
const responsesWire = wireOf('openai-responses', '{"model":"up/m","input":"Hi"}')
const completionWire = wireOf('openai-completions', '{"model":"up/m","prompt":"Hi"}')
const anthropicWire = wireOf('anthropic-messages', chatBody)

test.each([
  ['chat completions', 'gpt-5', chatWire, '/v1/chat/completions'],
  ['chat completions of a model that has none', 'gpt-5-codex', chatWire, '/v1/responses'],
  ['responses', 'gpt-5', responsesWire, '/v1/responses'],
  ['text completions of a model that has them', 'gpt-3.5-turbo-instruct', completionWire, '/v1/completions'],
  ['text completions of any other', 'gpt-5', completionWire, '/v1/responses'],
  ['another dialect', 'gpt-5', anthropicWire, '/v1/responses'],
  [
    'another dialect to a model of chat completions alone',
    'gpt-4o-audio-preview',
    anthropicWire,
    '/v1/chat/completions'
  ],
  ['the app itself', 'gpt-5', null, '/v1/responses']
])('asks for %s of %s at its address', async (_, model, wire, path) => {
  const { provider, last } = await start()
  await provider.chat(callOf({ model, wire }))
  expect(last()).toMatchObject({ path, headers: { authorization: 'Bearer sk-test' } })
})

test('hands a text completion on as it is, and reads it', async () => {
  const { provider, last } = await start()
  const answer = await provider.chat(callOf({ model: 'davinci-002', wire: completionWire }))
  expect(last()?.text).toBe('{"model":"davinci-002","prompt":"Hi"}')
  expect(answer.wireDialect).toBe('openai-completions')
  expect((await collect(answer.events))[0]?.parts).toEqual([
    { type: 'served-model', model: 'm' },
    { type: 'text-delta', text: 'Hi' },
    { type: 'finish', reason: 'stop' }
  ])
})

test('reads a streamed text completion, and withholds usage that the client did not ask for', async () => {
  const chunks = [
    { choices: [{ index: 0, text: 'Hi', finish_reason: null }] },
    { choices: [{ index: 0, text: '', finish_reason: 'length' }] },
    { choices: [], usage: { prompt_tokens: 3, completion_tokens: 1, total_tokens: 4 } }
  ]
  const server = await recordingServer((res) => {
    res.writeHead(200, { 'content-type': 'text/event-stream' })
    res.end(`${chunks.map((chunk) => `data: ${JSON.stringify(chunk)}\n\n`).join('')}data: [DONE]\n\n`)
  })
  const provider = createAdapter(server.http).create(server.config())
  const answer = await provider.chat(callOf({ model: 'davinci-002', stream: true, wire: completionWire }))
  const events = await collect(answer.events)
  expect(server.last()?.body).toMatchObject({ stream_options: { include_usage: true } })
  expect(events.map(({ wire }) => wire !== undefined)).toEqual([true, true, false])
  expect(events.flatMap(({ parts }) => parts)).toMatchObject([
    { text: 'Hi' },
    { reason: 'length' },
    { usage: { input: { total: 3 }, output: { total: 1 } } }
  ])
})

test('takes an output limit by its old name, as opencode sends it, by the one that all models know', async () => {
  const { provider, last } = await start()
  const wire = wireOf(
    'openai-chat',
    '{"model":"up/m","max_tokens":32000,"messages":[{"role":"user","content":"Hi"}],"tool_choice":"auto"}'
  )
  const answer = await provider.chat(callOf({ model: 'gpt-5', wire }))
  expect(last()?.text).toBe(
    '{"model":"gpt-5","max_completion_tokens":32000,"messages":[{"role":"user","content":"Hi"}],"tool_choice":"auto"}'
  )
  expect(answer.warnings).toEqual([])
})

test('names the organization and the project that pay', async () => {
  const { provider, last } = await start({ organization: 'org-1', project: 'proj_2' })
  for (const wire of [chatWire, responsesWire]) {
    await provider.chat(callOf({ model: 'gpt-5', wire }))
    expect(last()?.headers).toMatchObject({ 'openai-organization': 'org-1', 'openai-project': 'proj_2' })
  }
})

test('makes embeddings', async () => {
  const { provider, last } = await start()
  const signal = new AbortController().signal
  const answer = await provider.embed?.({ model: 'text-embedding-3-small', inputs: ['Hi'], signal })
  expect(answer?.vectors).toEqual([[0.5]])
  expect(last()?.path).toBe('/v1/embeddings')
})
