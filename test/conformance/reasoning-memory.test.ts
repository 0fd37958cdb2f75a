import { afterAll, beforeAll, beforeEach, expect, test } from 'vitest'
import { type DaemonProcess, startDaemon } from '../support/daemon-process.ts'
import { type ScriptedUpstream, sendJson, startScriptedUpstream } from '../support/scripted-upstream.ts'

// Tool loops of clients whose dialect has no place for what the model's vendor signed, through a real daemon.

const claudeModel = 'claude-sonnet-4-5'
const geminiModel = 'gemini-3-pro-preview'
const geminiPath = `/v1beta/models/${geminiModel}:generateContent`
const toolId = 'toolu_01A09q90qw90lq917835lq9'
const thinking = {
  type: 'thinking',
  thinking: 'They want the weather.',
  signature: 'EuYBCkYIBxgCKkDq7v0Rk3mX'
}
const thoughtSignature = 'EqQCCqECAb4+9vtbXrPmnK1gP0p8uO4Yl0R2b3Zx1wq6Zt9yJm5sQk8vN2cFhLr7Dg=='

const claudeAnswer = {
  id: 'msg_01',
  type: 'message',
  role: 'assistant',
  model: claudeModel,
  content: [
    thinking,
    { type: 'text', text: 'Let me see.' },
    { type: 'tool_use', id: toolId, name: 'weather', input: { city: 'Bern' } }
  ],
  stop_reason: 'tool_use',
  stop_sequence: null,
  usage: { input_tokens: 40, output_tokens: 30 }
}
const geminiAnswer = {
  candidates: [
    {
      content: {
        role: 'model',
        parts: [{ functionCall: { name: 'weather', args: { city: 'Bern' } }, thoughtSignature }]
      },
      finishReason: 'STOP',
      index: 0
    }
  ],
  usageMetadata: {
    promptTokenCount: 40,
    candidatesTokenCount: 20,
    thoughtsTokenCount: 50,
    totalTokenCount: 110
  },
  modelVersion: geminiModel
}

let claude: ScriptedUpstream
let gemini: ScriptedUpstream
let daemon: DaemonProcess
let secret = ''

beforeAll(async () => {
  claude = await startScriptedUpstream([])
  claude.answers.messages = (_, response) => sendJson(response, claudeAnswer)
  gemini = await startScriptedUpstream([])
  gemini.answers[geminiPath] = (_, response) => sendJson(response, geminiAnswer)
  daemon = await startDaemon()
  const base = { force: true, key: 'sk-upstream' }
  await daemon.app('POST /app/providers', {
    ...base,
    id: 'claude',
    kind: 'anthropic',
    baseUrl: claude.baseUrl,
    models: [claudeModel]
  })
  await daemon.app('POST /app/providers', {
    ...base,
    id: 'gemini',
    kind: 'google',
    baseUrl: gemini.baseUrl.replace('/v1', '/v1beta'),
    models: [geminiModel]
  })
  secret = (await daemon.app('POST /app/keys', { name: 'loop' })).secret
})
afterAll(async () => {
  await daemon?.stop()
  await claude?.close()
  await gemini?.close()
})
beforeEach(() => {
  claude.requests.length = 0
  gemini.requests.length = 0
})

async function ask(address: string, body: object): Promise<unknown> {
  const response = await fetch(`${daemon.baseUrl}${address}`, {
    method: 'POST',
    headers: { authorization: `Bearer ${secret}`, 'content-type': 'application/json' },
    body: JSON.stringify(body)
  })
  if (!response.ok) throw new Error(`${response.status}: ${await response.text()}`)
  return response.json()
}

/** What stands at a path of names and places. */
const at = (value: unknown, ...path: (string | number)[]): unknown =>
  path.reduce((inner: unknown, step) => Object(inner)[step], value)

const question = { role: 'user', content: 'What is the weather in Bern?' }
const openaiTools = [
  {
    type: 'function',
    function: {
      name: 'weather',
      parameters: { type: 'object', properties: { city: { type: 'string' } }, required: ['city'] }
    }
  }
]

test('Claude gets its thinking back with its signature over OpenAI’s dialect, also after a restart', async () => {
  const body = {
    model: `claude/${claudeModel}`,
    tools: openaiTools,
    reasoning_effort: 'low',
    max_tokens: 9000
  }
  const first = await ask('/v1/chat/completions', { ...body, messages: [question] })
  const message = at(first, 'choices', 0, 'message')
  const tool_calls = at(message, 'tool_calls')
  expect(tool_calls).toMatchObject([{ id: toolId, function: { name: 'weather' } }])
  // as most clients do: nothing but what OpenAI's own answers have
  const answer = { role: 'assistant', content: at(message, 'content'), tool_calls }
  const messages = [question, answer, { role: 'tool', tool_call_id: toolId, content: '18 °C' }]

  await daemon.stop({ keep: true })
  daemon = await startDaemon({ dataDir: daemon.dataDir })
  await ask('/v1/chat/completions', { ...body, messages })
  expect(claude.requests.at(-1)?.json?.messages).toMatchObject([
    { role: 'user' },
    {
      role: 'assistant',
      content: [
        thinking,
        { type: 'text', text: 'Let me see.' },
        { type: 'tool_use', id: toolId, name: 'weather', input: { city: 'Bern' } }
      ]
    },
    { role: 'user', content: [{ type: 'tool_result', tool_use_id: toolId }] }
  ])
})

/** The parts of the model's turn that Gemini was given last. */
function modelParts(): unknown {
  const contents = gemini.requests.at(-1)?.json?.contents
  const turns = Array.isArray(contents) ? contents : []
  return turns.find(({ role }) => role === 'model')?.parts
}

test('Gemini gets its thought signature back over Anthropic’s dialect', async () => {
  const body = {
    model: `gemini/${geminiModel}`,
    max_tokens: 1000,
    tools: [{ name: 'weather', input_schema: { type: 'object', properties: { city: { type: 'string' } } } }]
  }
  const content = at(await ask('/v1/messages', { ...body, messages: [question] }), 'content')
  // a client that keeps nothing of a block but what it knows
  const calls = Array.isArray(content) ? content.filter((block) => at(block, 'type') === 'tool_use') : []
  expect(calls).toMatchObject([{ name: 'weather', input: { city: 'Bern' } }])
  const results = [{ type: 'tool_result', tool_use_id: at(calls, 0, 'id'), content: '18 °C' }]
  await ask('/v1/messages', {
    ...body,
    messages: [question, { role: 'assistant', content: calls }, { role: 'user', content: results }]
  })
  expect(modelParts()).toMatchObject([
    { functionCall: { name: 'weather', args: { city: 'Bern' } }, thoughtSignature }
  ])
})

test('Gemini gets its thought signature back over Ollama’s dialect, where calls have no ids', async () => {
  const body = { model: `gemini/${geminiModel}`, stream: false, tools: openaiTools }
  const first = await ask('/api/chat', { ...body, messages: [question] })
  const called = at(first, 'message', 'tool_calls', 0, 'function')
  expect(called).toMatchObject({ name: 'weather', arguments: { city: 'Bern' } })
  const answer = { role: 'assistant', content: '', tool_calls: [{ function: called }] }
  const result = { role: 'tool', content: '18 °C', tool_name: 'weather' }
  await ask('/api/chat', { ...body, messages: [question, answer, result] })
  expect(modelParts()).toMatchObject([
    { functionCall: { name: 'weather', args: { city: 'Bern' } }, thoughtSignature }
  ])
})
