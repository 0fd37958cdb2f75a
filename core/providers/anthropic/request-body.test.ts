import { describe, expect, it } from 'vitest'
import type { ChatCall, ChatRequest } from '../spec/chat.ts'
import type { PromptMessage } from '../spec/prompt.ts'
import { writeCountRequest, writeRequest } from './request-body.ts'

const hi: PromptMessage[] = [{ role: 'user', content: [{ type: 'text', text: 'Hi' }] }]
const newest = 'claude-opus-4-8'
const older = 'claude-sonnet-4-5-20250929'

function callOf(fields: Partial<ChatRequest>, model = newest): ChatCall {
  const request: ChatRequest = { messages: hi, output: 'text', unmapped: [], ...fields }
  const signal = new AbortController().signal
  return { model, stream: false, request: () => request, wire: null, signal }
}
function written(fields: Partial<ChatRequest>, model = newest) {
  const { bytes, warnings, betas } = writeRequest(callOf(fields, model))
  return { body: JSON.parse(bytes.toString()), warnings, betas }
}
const said = (role: PromptMessage['role'], text: string): PromptMessage => ({
  role,
  content: [{ type: 'text', text }]
})
const call = (id: string) => ({ type: 'tool-call' as const, id, name: 'look', arguments: '{"at":1}' })
const result = (callId: string) => ({
  type: 'tool-result' as const,
  callId,
  content: [{ type: 'text' as const, text: 'Sea' }],
  isError: false
})

describe('a request of the same dialect', () => {
  const body = Buffer.from(' {"max_tokens": 9,"model" :"a/b",\n"x_new":{"z":1,"a":[]},"messages":[]}')
  const wired = (json: Record<string, unknown>): ChatCall => ({
    ...callOf({}),
    wire: { dialect: 'anthropic-messages', body, json, headers: {} }
  })

  it('keeps every byte but the model', () => {
    expect(writeRequest(wired({ max_tokens: 9 })).bytes.toString()).toBe(
      ` {"max_tokens": 9,"model" :"${newest}",\n"x_new":{"z":1,"a":[]},"messages":[]}`
    )
  })

  it('is counted as it is, unless it is one for an answer, which holds too much', () => {
    expect(writeCountRequest(wired({})).bytes.toString()).toContain('"x_new"')
    expect(JSON.parse(writeCountRequest(wired({ max_tokens: 9 })).bytes.toString())).toEqual({
      model: newest,
      messages: [{ role: 'user', content: [{ type: 'text', text: 'Hi' }] }]
    })
  })
})

describe('messages', () => {
  it('join the system prompt, take turns, and begin a turn with the results of tools', () => {
    const { body } = written({
      messages: [
        said('system', 'Be kind.'),
        said('user', 'One'),
        said('user', 'Two'),
        { role: 'assistant', content: [{ type: 'text', text: 'I look.' }, call('c1'), call('c2')] },
        said('system', 'Be brief.'),
        { role: 'tool', content: [result('c1')] },
        said('user', 'And?'),
        { role: 'tool', content: [result('c2')] }
      ]
    })
    expect(body.system.map(({ text }: { text: string }) => text)).toEqual(['Be kind.', 'Be brief.'])
    expect(body.messages).toEqual([
      {
        role: 'user',
        content: [
          { type: 'text', text: 'One' },
          { type: 'text', text: 'Two' }
        ]
      },
      {
        role: 'assistant',
        content: [
          { type: 'text', text: 'I look.' },
          { type: 'tool_use', id: 'c1', name: 'look', input: { at: 1 } },
          { type: 'tool_use', id: 'c2', name: 'look', input: { at: 1 } }
        ]
      },
      {
        role: 'user',
        content: [
          { type: 'tool_result', tool_use_id: 'c1', content: [{ type: 'text', text: 'Sea' }] },
          { type: 'tool_result', tool_use_id: 'c2', content: [{ type: 'text', text: 'Sea' }] },
          { type: 'text', text: 'And?' }
        ]
      }
    ])
  })

  it('hand back only what Anthropic signed', () => {
    const { body, warnings } = written({
      messages: [
        ...hi,
        {
          role: 'assistant',
          content: [
            { type: 'reasoning', text: 'Mine', signature: { vendor: 'anthropic', value: 'S' } },
            { type: 'reasoning', text: '', redacted: true, signature: { vendor: 'anthropic', value: 'R' } },
            { type: 'reasoning', text: 'Theirs', signature: { vendor: 'google', value: 'G' } },
            { type: 'reasoning', text: 'Unsigned' },
            { type: 'text', text: 'So. \n' }
          ]
        }
      ]
    })
    expect(body.messages[1].content).toEqual([
      { type: 'thinking', thinking: 'Mine', signature: 'S' },
      { type: 'redacted_thinking', data: 'R' },
      { type: 'text', text: 'So.' }
    ])
    expect(warnings).toEqual([])
  })

  it('carry media, and name what there is no block for', () => {
    const base64 = (mediaType: string, data: string) => ({ kind: 'base64' as const, mediaType, data })
    const { body, warnings, betas } = written({
      messages: [
        {
          role: 'user',
          content: [
            { type: 'image', source: base64('image/png', 'AA=='), cache: '5m' },
            { type: 'image', source: { kind: 'url', url: 'https://x.test/a.png' } },
            { type: 'document', source: base64('application/pdf', 'JVBE'), name: 'Plan', cache: '1h' },
            { type: 'document', source: base64('text/plain', Buffer.from('Grüße').toString('base64')) },
            { type: 'document', source: { kind: 'file', id: 'file_1' } },
            { type: 'document', source: base64('application/zip', 'UEs=') },
            { type: 'audio', source: base64('audio/wav', 'UklG') },
            { type: 'unsupported', kind: 'video' },
            { type: 'text', text: ' ' }
          ]
        }
      ]
    })
    expect(body.messages[0].content).toEqual([
      {
        type: 'image',
        source: { type: 'base64', media_type: 'image/png', data: 'AA==' },
        cache_control: { type: 'ephemeral' }
      },
      { type: 'image', source: { type: 'url', url: 'https://x.test/a.png' } },
      {
        type: 'document',
        source: { type: 'base64', media_type: 'application/pdf', data: 'JVBE' },
        title: 'Plan',
        cache_control: { type: 'ephemeral', ttl: '1h' }
      },
      { type: 'document', source: { type: 'text', media_type: 'text/plain', data: 'Grüße' } },
      { type: 'document', source: { type: 'file', file_id: 'file_1' } }
    ])
    expect(warnings).toEqual([
      'a document of the type application/zip was dropped',
      'message content of type audio was dropped',
      'message content of type video was dropped'
    ])
    expect(betas).toEqual(['files-api-2025-04-14'])
  })

  it('write ids the API takes, the same at the call and its result', () => {
    const id = 'functions.look:0'
    const { body } = written({
      messages: [...hi, { role: 'assistant', content: [call(id)] }, { role: 'tool', content: [result(id)] }]
    })
    expect(body.messages[1].content[0].id).toBe('functions_look_0')
    expect(body.messages[2].content[0].tool_use_id).toBe('functions_look_0')
  })

  it.each([
    ['', {}],
    ['{"a":', { INVALID_JSON: '{"a":' }],
    ['[1]', { INVALID_JSON: '[1]' }]
  ])('write the arguments %j as an object', (json, input) => {
    const { body } = written({
      messages: [...hi, { role: 'assistant', content: [{ ...call('c'), arguments: json }] }]
    })
    expect(body.messages[1].content[0].input).toEqual(input)
  })

  it('say so when a lone system message must be sent as the user’s', () => {
    const { body, warnings } = written({ messages: [said('system', 'Greet me.')] })
    expect(body.messages).toEqual([{ role: 'user', content: [{ type: 'text', text: 'Greet me.' }] }])
    expect(body.system).toBeUndefined()
    expect(warnings).toHaveLength(1)
  })
})

describe('tools', () => {
  const tools = [{ name: 'look', description: 'Looks', parameters: { properties: {} }, cache: '5m' as const }]

  it('are written with a schema that is an object’s', () => {
    expect(written({ tools: [...tools, { name: 'now', parameters: null }] }).body.tools).toEqual([
      {
        name: 'look',
        description: 'Looks',
        input_schema: { type: 'object', properties: {} },
        cache_control: { type: 'ephemeral' }
      },
      { name: 'now', input_schema: { type: 'object', properties: {} } }
    ])
  })

  it.each([
    ['auto', undefined, { type: 'auto' }],
    ['none', false, { type: 'none' }],
    ['required', false, { type: 'any', disable_parallel_tool_use: true }],
    [{ name: 'look' }, undefined, { type: 'tool', name: 'look' }],
    [undefined, false, { type: 'auto', disable_parallel_tool_use: true }],
    [undefined, undefined, undefined]
  ] as const)('are chosen by %j with parallel %j', (toolChoice, parallelToolCalls, choice) => {
    const fields = {
      ...(toolChoice !== undefined && { toolChoice }),
      ...(parallelToolCalls !== undefined && { parallelToolCalls })
    }
    expect(written({ tools, ...fields }).body.tool_choice).toEqual(choice)
  })

  it('are held to their schema where the model can be, which closes it', () => {
    const strict = [
      { ...tools[0], name: 'look', parameters: { properties: { n: { minimum: 1 } } }, strict: true }
    ]
    expect(written({ tools: strict }).body.tools[0]).toMatchObject({
      strict: true,
      input_schema: { additionalProperties: false }
    })
    const other = written({ tools: strict }, 'claude-sonnet-4-20250514')
    expect(other.body.tools[0].strict).toBeUndefined()
    expect(other.warnings).toEqual(['strict was dropped'])
  })
})

describe('thinking', () => {
  it.each([
    [{ effort: 'minimal' }, 'adaptive', 'low'],
    [{ effort: 'xhigh' }, 'adaptive', 'xhigh'],
    [{ budgetTokens: 9000 }, 'adaptive', 'medium'],
    [{}, 'adaptive', undefined],
    [{ effort: 'none' }, 'disabled', undefined]
  ] as const)('is asked for by effort of newer models: %j', (reasoning, type, effort) => {
    const { body } = written({ reasoning })
    expect(body.thinking.type).toBe(type)
    expect(body.output_config?.effort).toBe(effort)
  })

  it.each([
    [{ effort: 'low' }, undefined, 4096, 36_096],
    [{ budgetTokens: 2000 }, 5000, 2000, 5000],
    [{ budgetTokens: 500 }, 5000, 1024, 5000],
    [{ effort: 'high' }, 4000, 2000, 4000]
  ] as const)('is asked for by budget of older ones: %j within %j', (reasoning, asked, budget, maxTokens) => {
    const { body } = written({ reasoning, ...(asked !== undefined && { maxTokens: asked }) }, older)
    expect(body).toMatchObject({
      thinking: { type: 'enabled', budget_tokens: budget },
      max_tokens: maxTokens
    })
  })

  it('is shown or hidden as the client wants', () => {
    expect(written({ reasoning: { effort: 'low' } }).body.thinking.display).toBe('summarized')
    expect(written({ reasoning: { effort: 'low', show: false } }).body.thinking.display).toBe('omitted')
  })

  it.each([
    ['there is no room for it', { maxTokens: 1000 }, older],
    ['a tool call is forced', { tools: [{ name: 'f', parameters: null }], toolChoice: 'required' }, newest],
    ['the model does not think', {}, 'claude-3-5-haiku-20241022'],
    [
      'a call without its signed thought goes on',
      {
        messages: [
          ...hi,
          { role: 'assistant', content: [call('c')] },
          { role: 'tool', content: [result('c')] }
        ]
      },
      older
    ]
  ] as const)('is left out, and that is said, when %s', (_, fields, model) => {
    const { body, warnings } = written(
      { reasoning: { effort: 'high' }, ...structuredClone(fields) } as object,
      model
    )
    expect(body.thinking?.type ?? 'disabled').toBe('disabled')
    expect(warnings.join()).toContain('reasoning was dropped')
  })

  it('goes on after a call whose thought is signed', () => {
    const messages: PromptMessage[] = [
      ...hi,
      {
        role: 'assistant',
        content: [
          { type: 'reasoning', text: 'Hm', signature: { vendor: 'anthropic', value: 'S' } },
          call('c')
        ]
      },
      { role: 'tool', content: [result('c')] }
    ]
    expect(written({ reasoning: { effort: 'low' }, messages }, older).body.thinking.type).toBe('enabled')
  })

  it('says that some models cannot stop thinking, and that others know no xhigh', () => {
    expect(written({ reasoning: { effort: 'none' } }, 'claude-fable-5').warnings).toHaveLength(1)
    const sonnet = written({ reasoning: { effort: 'xhigh' } }, 'claude-sonnet-4-6')
    expect(sonnet.body.output_config.effort).toBe('high')
    expect(sonnet.warnings).toEqual(['reasoning effort xhigh became high'])
  })
})

describe('parameters', () => {
  it.each([
    [older, 32_000],
    ['claude-3-opus-20240229', 4096],
    ['claude-3-5-sonnet-20241022', 8192],
    ['claude-opus-4-1-20250805', 32_000]
  ])('give %s a length of answer where the client gave none', (model, maxTokens) => {
    expect(written({}, model).body.max_tokens).toBe(maxTokens)
  })

  it.each([
    ['claude-sonnet-4-20250514', { temperature: 0.5, top_p: 0.9, top_k: 5 }, []],
    [older, { temperature: 0.5, top_k: 5 }, ['top_p was dropped']],
    [newest, {}, ['temperature was dropped', 'top_p was dropped', 'top_k was dropped']]
  ])('of sampling reach %s as far as it takes them', (model, kept, warnings) => {
    const { body, ...rest } = written({ temperature: 0.5, topP: 0.9, topK: 5 }, model)
    const { temperature, top_p, top_k } = body
    expect({ temperature, top_p, top_k }).toEqual({
      temperature: undefined,
      top_p: undefined,
      top_k: undefined,
      ...kept
    })
    expect(rest.warnings).toEqual(warnings)
  })

  it('of sampling give way to thinking', () => {
    const { body, warnings } = written({ reasoning: { effort: 'low' }, temperature: 0.5, topK: 3 }, older)
    expect(body.temperature).toBeUndefined()
    expect(warnings).toEqual(['temperature was dropped', 'top_k was dropped'])
    expect(written({ reasoning: { effort: 'low' }, temperature: 1 }, older).warnings).toEqual([])
  })

  it('that the API has not are named, whatever they were called', () => {
    const { warnings } = written({
      seed: 1,
      minP: 0.1,
      frequencyPenalty: 1,
      presencePenalty: 1,
      logprobs: { top: 2 },
      unmapped: ['logit_bias']
    })
    expect([...warnings].sort()).toEqual(
      ['logit_bias', 'min_p', 'frequency_penalty', 'presence_penalty', 'seed', 'logprobs']
        .map((name) => `${name} was dropped`)
        .sort()
    )
  })

  it('take stop sequences and the user’s id', () => {
    const { body, warnings } = written({ stop: ['END', '\n'], user: 'u1' })
    expect(body).toMatchObject({ stop_sequences: ['END'], metadata: { user_id: 'u1' } })
    expect(warnings).toEqual(['stop of white space only was dropped'])
  })
})

describe('output', () => {
  const schema = {
    $schema: 'x',
    type: 'object',
    properties: {
      age: { type: 'integer', minimum: 0, description: 'In years' },
      tags: { type: 'array', items: { oneOf: [{ type: 'string' }, { type: 'object', properties: {} }] } }
    },
    required: ['age']
  }
  const output = { name: 'person', schema, strict: true }

  it('is held to a schema, as far as schemas are enforced', () => {
    const { body, warnings } = written({ output })
    expect(body.output_config.format).toEqual({
      type: 'json_schema',
      schema: {
        type: 'object',
        properties: {
          age: { type: 'integer', description: 'In years\n\n{"minimum":0}' },
          tags: {
            type: 'array',
            items: {
              anyOf: [{ type: 'string' }, { type: 'object', properties: {}, additionalProperties: false }]
            }
          }
        },
        required: ['age'],
        additionalProperties: false
      }
    })
    expect(warnings).toEqual(['minimum of the schema became words for the model'])
  })

  it.each([
    ['json', newest],
    [output, 'claude-opus-4-1-20250805']
  ] as const)('is asked for in words where nothing enforces it, which is said', (wanted, model) => {
    const { body, warnings } = written({ output: wanted }, model)
    expect(body.output_config).toBeUndefined()
    expect(body.system.at(-1).text).toContain('JSON')
    expect(warnings.join()).toContain('response_format became an instruction')
  })
})
