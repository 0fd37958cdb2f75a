import Anthropic from '@anthropic-ai/sdk'
import OpenAI from 'openai'
import { afterEach, expect, test } from 'vitest'
import { budgetOf, budgetsFolder } from '../budgets/budgets.test-support.ts'
import { endlessAfter, pipelineTo, providerOf } from '../pipeline/pipeline.test-support.ts'
import type { ChatEvent, Dialect } from '../providers/spec/chat.ts'
import { send } from './testing/raw-http.ts'
import { appToken, type RunningGateway, startGateway } from './testing/small-gateway.ts'

let running: RunningGateway | null = null
afterEach(async () => {
  await running?.close()
  running = null
})

/** A gateway whose only model talks on and on, with money for so many tokens after a short prompt. */
async function start(tokens: number, wireDialect: Dialect | null, events: ChatEvent[]) {
  const { budgets } = await budgetsFolder().open()
  await budgets.create(budgetOf({ limitNanoUsd: tokens * 1000 }))
  const { pipeline } = pipelineTo(providerOf(endlessAfter(...events), { wireDialect }), {
    budgets,
    estimateTokens: () => 8,
    price: (_pricing, _model, usage) =>
      usage
        ? { kind: 'priced', nanoUsd: (usage.input.total + usage.output.total) * 1000, source: 'test' }
        : { kind: 'unknown' }
  })
  running = await startGateway({ pipeline })
  return {
    port: running.port,
    baseURL: `http://127.0.0.1:${running.port}/v1`,
    apiKey: appToken,
    maxRetries: 0
  }
}

const said = (delta: string, wire?: object): ChatEvent => ({
  parts: [{ type: 'text-delta', text: delta }],
  ...(wire && { wire: JSON.stringify(wire) }),
  ...(wire && 'type' in wire && typeof wire.type === 'string' && { wireEvent: wire.type })
})
const unsaid = (wire: { type: string }): ChatEvent => ({
  parts: [],
  wire: JSON.stringify(wire),
  wireEvent: wire.type
})
/** A thousand tokens, as they are estimated. */
const long = 'x'.repeat(4000)
const messages = [{ role: 'user' as const, content: 'Hello' }]

test.each([null, 'openai-chat'] as const)(
  "OpenAI's client reads a chat that was cut as one that is long enough (upstream's own words: %s)",
  async (wireDialect) => {
    const chunk = (content: string) => ({
      id: 'chatcmpl-7',
      object: 'chat.completion.chunk',
      created: 1,
      model: 'gpt-4o',
      choices: [{ index: 0, delta: { role: 'assistant', content }, finish_reason: null }]
    })
    const events = ['Hello. ', long, 'never sent'].map((words) => said(words, chunk(words)))
    const client = new OpenAI(await start(1011, wireDialect, events))
    const stream = client.chat.completions.stream({
      model: 'up/gpt-4o',
      messages,
      stream_options: { include_usage: true }
    })
    const completion = await stream.finalChatCompletion()
    expect(completion.choices[0]).toMatchObject({
      finish_reason: 'length',
      message: { content: `Hello. ${long}` }
    })
    expect(completion.usage).toMatchObject({ prompt_tokens: 10, completion_tokens: 1002 })
  }
)

test("OpenAI's client reads a response that was cut as incomplete, with its text", async () => {
  const item = { id: 'msg_1', type: 'message', role: 'assistant', status: 'in_progress', content: [] }
  const part = { type: 'output_text', text: '', annotations: [] }
  const at = { item_id: 'msg_1', output_index: 0, content_index: 0 }
  const delta = (words: string) => said(words, { type: 'response.output_text.delta', ...at, delta: words })
  const response = { id: 'resp_7', object: 'response', status: 'in_progress', output: [], model: 'gpt-4o' }
  const client = new OpenAI(
    await start(1011, 'openai-responses', [
      unsaid({ type: 'response.created', ...{ sequence_number: 0, response } }),
      unsaid({ type: 'response.output_item.added', ...{ output_index: 0, item } }),
      unsaid({ type: 'response.content_part.added', ...{ ...at, part } }),
      delta('Hello. '),
      delta(long),
      delta('never sent')
    ])
  )
  const answer = await client.responses.stream({ model: 'up/gpt-4o', input: 'Hello' }).finalResponse()
  expect(answer).toMatchObject({ status: 'incomplete', incomplete_details: { reason: 'max_output_tokens' } })
  expect(answer.output[0]).toMatchObject({ status: 'incomplete', content: [{ text: `Hello. ${long}` }] })
})

test("Anthropic's client reads a message that was cut as one at its limit", async () => {
  const delta = (words: string) =>
    said(words, { type: 'content_block_delta', index: 0, delta: { type: 'text_delta', text: words } })
  const message = {
    id: 'msg_1',
    type: 'message',
    role: 'assistant',
    model: 'claude',
    content: [],
    stop_reason: null,
    stop_sequence: null,
    usage: { input_tokens: 10, output_tokens: 1 }
  }
  const { port, apiKey } = await start(1011, 'anthropic-messages', [
    unsaid({ type: 'message_start', ...{ message } }),
    unsaid({ type: 'content_block_start', ...{ index: 0, content_block: { type: 'text', text: '' } } }),
    delta('Hello. '),
    delta(long),
    delta('never sent')
  ])
  const client = new Anthropic({ baseURL: `http://127.0.0.1:${port}`, apiKey, maxRetries: 0 })
  const answer = await client.messages
    .stream({ model: 'up/claude', max_tokens: 5000, messages })
    .finalMessage()
  expect(answer).toMatchObject({
    stop_reason: 'max_tokens',
    content: [{ type: 'text', text: `Hello. ${long}` }],
    usage: { output_tokens: 1002 }
  })
})

const refusals: [path: string, body: object, error: object][] = [
  ['/v1/chat/completions', { model: 'up/m', messages }, { error: { code: 'insufficient_quota' } }],
  ['/v1/responses', { model: 'up/m', input: 'Hello' }, { error: { code: 'insufficient_quota' } }],
  [
    '/v1/messages',
    { model: 'up/m', max_tokens: 5, messages },
    { type: 'error', error: { type: 'billing_error' } }
  ],
  [
    '/v1beta/models/up/m:generateContent',
    { contents: [{ role: 'user', parts: [{ text: 'Hello' }] }] },
    { error: { code: 402, status: 'RESOURCE_EXHAUSTED' } }
  ],
  ['/api/chat', { model: 'up/m', messages }, { error: expect.stringContaining('budget "Month"') }]
]
test.each(refusals)('at %s a refusal is an error of the dialect', async (path, body, error) => {
  const { port, apiKey } = await start(1, null, [])
  const headers = { authorization: `Bearer ${apiKey}`, 'content-type': 'application/json' }
  const answer = await send(port, { method: 'POST', path, headers, body: JSON.stringify(body) })
  expect(answer.status).toBe(402)
  expect(JSON.parse(answer.text)).toMatchObject(error)
  expect(answer.text).toContain('budget')
})
