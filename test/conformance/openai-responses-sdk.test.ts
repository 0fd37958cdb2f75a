import type OpenAI from 'openai'
import { APIUserAbortError } from 'openai'
import { zodTextFormat } from 'openai/helpers/zod'
import type {
  FunctionTool,
  Response,
  ResponseCreateParamsNonStreaming,
  ResponseInputItem,
  ResponseStreamEvent
} from 'openai/resources/responses/responses'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { z } from 'zod'
import { appToken, otherAppToken } from '../../core/gateway/testing/small-gateway.ts'
import { responsesModels } from '../support/fake-responses-upstream.ts'
import { fakeModels } from '../support/fake-upstream.ts'
import { type ResponsesGateway, signature, startResponsesGateway } from '../support/responses-gateway.ts'
import { waitUntil } from '../support/wait-until.ts'
import { hasOpenaiSchema, openaiSchemaProblems } from './openai-schema.ts'

let gateway: ResponsesGateway
let client: OpenAI

beforeAll(async () => {
  gateway = await startResponsesGateway()
  client = gateway.sdk(appToken)
})
afterAll(() => gateway?.close())

const sentLast = () => gateway.native.requests.at(-1)?.body ?? {}
const echo = `chat/${fakeModels.echo}`
const text = `native/${responsesModels.text}`
const said = 'Homeport is one port for every model: cloud or on this machine — naïve clients included.'

function expectValid(response: Response, events: readonly ResponseStreamEvent[] = []): void {
  if (!hasOpenaiSchema) return
  // the SDK adds what is not on the wire
  const { output_text: _, ...wire } = response
  expect(openaiSchemaProblems('Response', JSON.parse(JSON.stringify(wire)))).toEqual([])
  for (const event of events) {
    expect([event.type, openaiSchemaProblems('ResponseStreamEvent', event)]).toEqual([event.type, []])
  }
}

/** What was answered, to be said again; the SDK's types differ in kinds of items that none of these answers has. */
const asInput = ({ output }: Response) => output as ResponseInputItem[]

/** Reads a stream with the SDK's own accumulator. */
async function streamed(body: Parameters<typeof client.responses.stream>[0]) {
  const stream = client.responses.stream(body)
  const events: ResponseStreamEvent[] = []
  for await (const event of stream) events.push(event)
  const response = await stream.finalResponse()
  expect(events.map((event) => event.sequence_number)).toEqual(events.map((_, index) => index))
  return { events, response }
}

describe('an upstream that speaks the Responses API itself', () => {
  it('gets the client’s own bytes, with its own key and model, and answers in its own', async () => {
    const input: ResponseInputItem[] = [{ role: 'user', content: 'Hi' }]
    const body: ResponseCreateParamsNonStreaming = {
      tools: [],
      input,
      prompt_cache_key: 'k',
      truncation: 'auto',
      model: text
    }
    const response = await client.responses.create(body)
    expect(response.output_text).toBe(said)
    expect(JSON.stringify(sentLast())).toBe(JSON.stringify({ ...body, model: responsesModels.text }))
    expect(gateway.traces.at(-1)?.summary).toMatchObject({
      status: 'ok',
      usage: { input: { cacheRead: 1024 } }
    })
  })

  it('streams, and the SDK puts together what a plain answer is', async () => {
    const { events, response } = await streamed({ model: text, input: 'Hi' })
    expect(response.output_text).toBe(said)
    expect(events.at(-1)?.type).toBe('response.completed')
    expect(response.usage?.input_tokens).toBe(1337)
  })

  it('is told the previous response by its id, which it made', async () => {
    const first = await client.responses.create({ model: text, input: 'Hi' })
    await client.responses.create({ model: text, input: 'And?', previous_response_id: first.id })
    expect(sentLast()).toMatchObject({ previous_response_id: first.id, input: 'And?' })
    const other = await client.responses.create({ model: echo, input: 'Bye', previous_response_id: first.id })
    expect(other.output_text, 'another model goes on with it').toBe('Bye')
    const asked = JSON.parse(String(gateway.chat.requests.at(-1)?.body))
    expect(asked.messages.map(({ role }: { role: string }) => role)).toEqual(['user', 'assistant', 'user'])
  })

  it('is told in full what was answered by another model', async () => {
    const first = await client.responses.create({ model: echo, input: 'Hi' })
    await client.responses.create({ model: text, input: 'And?', previous_response_id: first.id })
    expect(sentLast()).not.toHaveProperty('previous_response_id')
    expect(sentLast().input).toEqual([
      { type: 'message', role: 'user', content: [{ type: 'input_text', text: 'Hi' }] },
      {
        type: 'message',
        role: 'assistant',
        content: [{ type: 'output_text', annotations: [], logprobs: [], text: 'Hi' }]
      },
      { type: 'message', role: 'user', content: [{ type: 'input_text', text: 'And?' }] }
    ])
  })

  it('counts the tokens itself', async () => {
    const { input_tokens } = await client.responses.inputTokens.count({ model: text, input: 'Hi' })
    expect(input_tokens).toBe(42)
    const estimate = await client.responses.inputTokens.count({ model: echo, input: 'Hi there' })
    expect(estimate).toMatchObject({ object: 'response.input_tokens', input_tokens: expect.any(Number) })
    expect(estimate.input_tokens).toBeGreaterThan(0)
  })

  it('also answers other dialects, and gets back what its model thought', async () => {
    const completion = await client.chat.completions
      .create({
        // a model that is served by the Responses API alone
        model: 'native/codex-mini-latest',
        messages: [{ role: 'user', content: 'Hi' }]
      })
      .catch((error: unknown) => error)
    expect(completion).toMatchObject({ status: 404, code: 'model_not_found' })
    expect(sentLast()).toMatchObject({
      model: 'codex-mini-latest',
      store: false,
      include: ['reasoning.encrypted_content'],
      input: [{ type: 'message', role: 'user', content: [{ type: 'input_text', text: 'Hi' }] }]
    })
  })
})

describe('an upstream of another dialect', () => {
  it('answers with a response that fits the reference', async () => {
    const response = await client.responses.create({
      model: echo,
      input: 'Say it back',
      metadata: { a: 'b' }
    })
    expect(response).toMatchObject({ status: 'completed', output_text: 'Say it back', metadata: { a: 'b' } })
    expect(response.usage?.output_tokens).toBeGreaterThan(0)
    expectValid(response)
  })

  it('streams events that fit it too, and come to the same', async () => {
    const { events, response } = await streamed({ model: echo, input: 'Say it back' })
    expectValid(response, events)
    const plain = await client.responses.create({ model: echo, input: 'Say it back' })
    const shape = ({ output, usage, status }: Response) => ({
      usage,
      status,
      output: output.map((item) => ({ ...item, id: null, parsed: null }))
    })
    expect(shape(plain).status).toEqual(shape(response).status)
    expect(response.output_text).toBe(plain.output_text)
    expect(response.output.map(({ type }) => type)).toEqual(plain.output.map(({ type }) => type))
    expect(response.usage).toEqual(plain.usage)
  })

  it('shows what a model thought before what it says', async () => {
    const { events, response } = await streamed({ model: `chat/${fakeModels.reasoning}`, input: 'Think' })
    expect(response.output.map(({ type }) => type)).toEqual(['reasoning', 'message'])
    expect(events.some(({ type }) => type === 'response.reasoning_summary_text.delta')).toBe(true)
    expectValid(response, events)
  })

  it('fills in the schema that was asked for', async () => {
    const City = z.object({ city: z.string() })
    const format = zodTextFormat(City, 'city')
    const parsed = await client.responses.parse({
      model: 'tools/chat-json',
      input: 'Where?',
      text: { format }
    })
    expect(parsed.output_parsed).toEqual({ city: 'Oslo' })
    const own = await client.responses.parse({
      model: `native/${responsesModels.json}`,
      input: 'Where?',
      text: { format }
    })
    expect(own.output_parsed).toEqual({ city: 'Oslo' })
  })
})

describe('tools over two turns', () => {
  const tools: FunctionTool[] = [
    {
      type: 'function',
      name: 'get_weather',
      description: 'The weather',
      parameters: { type: 'object', properties: { city: { type: 'string' } } },
      strict: false
    }
  ]
  const resultsOf = (response: Response): ResponseInputItem[] =>
    response.output
      .filter((item) => item.type === 'function_call')
      .map(({ call_id, arguments: text }) => ({
        type: 'function_call_output',
        call_id,
        output: `sunny ${text}`
      }))

  it.each([`native/${responsesModels.tools}`, 'tools/chat-tools'])(
    'with %s, by the previous response and by saying it all again',
    async (model) => {
      const first = await client.responses.create({ model, input: 'The weather?', tools })
      const results = resultsOf(first)
      expect(results.length).toBeGreaterThan(1)
      const byId = await client.responses.create({
        model,
        tools,
        input: results,
        previous_response_id: first.id
      })
      expect(byId.output_text).not.toBe('')

      const input: ResponseInputItem[] = [
        { role: 'user', content: 'The weather?' },
        ...asInput(first),
        ...results
      ]
      const repeated = await client.responses.create({ model, tools, store: false, input })
      expect(repeated.output_text).toBe(byId.output_text)
      expect(await client.responses.retrieve(repeated.id).catch(({ status }) => status)).toBe(404)
    }
  )

  it('matches results of parallel calls to their calls', async () => {
    const first = await client.responses.create({ model: 'tools/chat-tools', input: 'Where?', tools })
    expectValid(first)
    const second = await client.responses.create({
      model: 'tools/chat-tools',
      tools,
      input: resultsOf(first),
      previous_response_id: first.id
    })
    expect(second.output_text).toBe('sunny {"city":"Oslo"} and sunny {"city":"Rome"}')
  })
})

describe('what vendors sign', () => {
  const model = 'thinker/m'
  const result: ResponseInputItem = { type: 'function_call_output', call_id: 'call_1', output: 'seen' }
  const signedTurn = [
    { type: 'reasoning', text: 'I should look.' },
    { type: 'tool-call', id: 'call_1', name: 'look', arguments: '{}', signature }
  ]

  it('comes back by the previous response', async () => {
    const first = await client.responses.create({ model, input: 'Look' })
    expect(JSON.stringify(first)).not.toContain(signature.value)
    await client.responses.create({ model, input: [result], previous_response_id: first.id })
    expect(gateway.heard.at(-1)?.messages[1]).toEqual({ role: 'assistant', content: signedTurn })
  })

  it('comes back from a client that keeps its conversation itself, as Codex does', async () => {
    const { response, events } = await streamed({
      model,
      input: 'Look',
      store: false,
      include: ['reasoning.encrypted_content'],
      reasoning: { effort: 'medium', summary: 'auto' }
    })
    expectValid(response, events)
    // Codex sends items without their ids
    const withoutId = (key: string, value: unknown) => (key === 'id' ? undefined : value)
    const items: ResponseInputItem[] = JSON.parse(JSON.stringify(response.output, withoutId))
    const include: ['reasoning.encrypted_content'] = ['reasoning.encrypted_content']
    const input: ResponseInputItem[] = [{ role: 'user', content: 'Look' }, ...items, result]
    await client.responses.create({ model, input, store: false, include })
    expect(gateway.heard.at(-1)?.messages[1]).toEqual({ role: 'assistant', content: signedTurn })
  })

  it('comes back where only ids are said again', async () => {
    const first = await client.responses.create({ model, input: 'Look' })
    const references = first.output.map(({ id = '' }) => ({ type: 'item_reference' as const, id }))
    await client.responses.create({
      model,
      input: [{ role: 'user', content: 'Look' }, ...references, result]
    })
    expect(gateway.heard.at(-1)?.messages[1]).toEqual({ role: 'assistant', content: signedTurn })
  })

  it('stays away from OpenAI, which could not read it', async () => {
    const first = await client.responses.create({
      model,
      input: 'Look',
      include: ['reasoning.encrypted_content']
    })
    const input: ResponseInputItem[] = [{ role: 'user', content: 'Look' }, ...asInput(first), result]
    await client.responses.create({ model: text, input })
    expect((sentLast().input as { type: string }[]).map(({ type }) => type)).toEqual([
      'message',
      'function_call',
      'function_call_output'
    ])
  })
})

describe('a response that is kept', () => {
  it.each([text, echo])('of %s can be fetched again, its input listed, and deleted', async (model) => {
    const made = await client.responses.create({ model, input: `Hello ${model}` })
    const fetched = await client.responses.retrieve(made.id)
    expect(fetched.output).toEqual(made.output)
    expect(fetched.usage).toEqual(made.usage)

    const listed = await client.responses.inputItems.list(made.id)
    expect(listed.data).toMatchObject([
      { type: 'message', role: 'user', content: [{ type: 'input_text', text: `Hello ${model}` }] }
    ])
    for (const item of hasOpenaiSchema ? listed.data : []) {
      expect(openaiSchemaProblems('ItemResource', item)).toEqual([])
    }
    await client.responses.delete(made.id)
    await expect(client.responses.retrieve(made.id)).rejects.toMatchObject({ status: 404 })
  })

  it('lists its input page by page, earlier turns included', async () => {
    const first = await client.responses.create({ model: echo, input: 'One' })
    const { id } = await client.responses.create({
      model: echo,
      input: 'Two',
      previous_response_id: first.id
    })
    const texts: unknown[] = []
    for await (const item of client.responses.inputItems.list(id, { order: 'asc', limit: 2 })) {
      texts.push('content' in item && JSON.stringify(item.content).match(/"text":"(\w+)"/)?.[1])
    }
    expect(texts).toEqual(['One', 'One', 'Two'])
  })

  it('is nobody else’s: another key can neither read, continue nor delete it', async () => {
    for (const model of [text, echo]) {
      const { id, output } = await client.responses.create({ model, input: 'Secret' })
      const other = gateway.sdk(otherAppToken)
      await expect(other.responses.retrieve(id)).rejects.toMatchObject({ status: 404 })
      await expect(other.responses.inputItems.list(id)).rejects.toMatchObject({ status: 404 })
      await expect(other.responses.delete(id)).rejects.toMatchObject({ status: 404 })
      await expect(
        other.responses.create({ model: echo, input: 'Go on', previous_response_id: id })
      ).rejects.toMatchObject({ status: 400, code: 'previous_response_not_found' })
      if (model === echo) {
        const reference = { type: 'item_reference' as const, id: String(output[0]?.id) }
        await expect(other.responses.create({ model: echo, input: [reference] })).rejects.toMatchObject({
          status: 404
        })
      }
    }
  })

  it('cannot be streamed again or cancelled, and says so', async () => {
    const { id } = await client.responses.create({ model: echo, input: 'Hi' })
    await expect(client.responses.retrieve(id, { stream: true })).rejects.toMatchObject({
      status: 400,
      param: 'stream'
    })
    await expect(client.responses.cancel(id)).rejects.toMatchObject({ status: 400 })
    await expect(
      client.responses.create({ model: echo, input: 'Hi', background: true })
    ).rejects.toMatchObject({ status: 400, param: 'background' })
  })
})

describe('what goes wrong', () => {
  it('is told in the upstream’s own words', async () => {
    const asking = client.responses.create({ model: `native/${responsesModels.limited}`, input: 'Hi' })
    await expect(asking).rejects.toMatchObject({
      status: 429,
      code: 'rate_limit_exceeded',
      type: 'tokens'
    })
    const waiting = await asking.catch((error) => error.headers.get('retry-after'))
    expect(waiting).toBe('7')
  })

  it.each([`native/${responsesModels.cut}`, `chat/${fakeModels.cut}`])(
    'in the middle of %s ends as an error, never as a finished answer',
    async (model) => {
      const events: ResponseStreamEvent[] = []
      const reading = async () => {
        for await (const event of await client.responses.create({ model, input: 'Hi', stream: true })) {
          events.push(event)
        }
      }
      await expect(reading()).rejects.toThrow(/broke off/)
      expect(events.map(({ type }) => type)).not.toContain('response.completed')
      const made = events[0]?.type === 'response.created' ? events[0].response.id : ''
      await expect(client.responses.retrieve(made)).rejects.toMatchObject({ status: 404 })
    }
  )

  it('is told for a model nobody serves', async () => {
    await expect(client.responses.create({ model: 'nobody/nothing', input: 'Hi' })).rejects.toMatchObject({
      status: 404,
      code: 'model_not_found'
    })
  })

  it('stops the upstream when the program stops reading', async () => {
    const before = gateway.native.disconnects
    const abort = new AbortController()
    const stream = await client.responses.create(
      { model: `native/${responsesModels.endless}`, input: 'Hi', stream: true },
      { signal: abort.signal }
    )
    try {
      for await (const { type } of stream) if (type === 'response.output_text.delta') abort.abort()
    } catch (error) {
      expect(error).toBeInstanceOf(APIUserAbortError)
    }
    await waitUntil(() => gateway.native.disconnects === before + 1)
  })
})
