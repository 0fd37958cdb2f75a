import { describe, expect, test } from 'vitest'
import type { Json } from '../json-fields.ts'
import { type EarlierTurns, resolveConversation } from './conversation.ts'
import { readParameters } from './parameters.ts'
import { toChatRequest } from './request.ts'

const nothingEarlier: EarlierTurns = {
  conversation: () => null,
  findItem: () => null,
  belongsToAnother: () => false
}

function request(body: Json) {
  const whole = { model: 'acme/m1', input: 'Hello', ...body }
  const parameters = readParameters(whole)
  const conversation = resolveConversation(parameters.items, parameters.previousId, nothingEarlier)
  return toChatRequest(whole, { ...parameters, conversation })
}
const messages = (...input: Json[]) => request({ input }).messages
const refusal = (param: string) => expect.objectContaining({ code: 'bad-request', param })

describe('input', () => {
  test('can be a bare text, after the instructions', () => {
    expect(request({ instructions: 'Be brief.' }).messages).toEqual([
      { role: 'system', content: [{ type: 'text', text: 'Be brief.' }] },
      { role: 'user', content: [{ type: 'text', text: 'Hello' }] }
    ])
  })

  test('keeps who speaks; developers speak as the system', () => {
    const roles = messages(
      { role: 'developer', content: 'a' },
      { type: 'message', role: 'system', content: 'b' },
      { role: 'user', content: 'c' },
      { role: 'assistant', content: 'd' }
    ).map(({ role }) => role)
    expect(roles).toEqual(['system', 'system', 'user', 'assistant'])
  })

  test('holds text, pictures, files and sound', () => {
    const content = [
      { type: 'input_text', text: 'Look' },
      { type: 'input_image', image_url: 'data:image/png;base64,iVBO', detail: 'low' },
      { type: 'input_image', image_url: 'https://example.com/a.png' },
      { type: 'input_image', file_id: 'file-1' },
      { type: 'input_file', filename: 'a.pdf', file_data: 'data:application/pdf;base64,JVBE' },
      { type: 'input_file', file_url: 'https://example.com/a.pdf' },
      { type: 'input_audio', input_audio: { data: 'UklG', format: 'wav' } },
      { type: 'input_video', video: 'x' }
    ]
    expect(messages({ role: 'user', content })[0]?.content).toEqual([
      { type: 'text', text: 'Look' },
      { type: 'image', source: { kind: 'base64', mediaType: 'image/png', data: 'iVBO' }, detail: 'low' },
      { type: 'image', source: { kind: 'url', url: 'https://example.com/a.png' } },
      { type: 'image', source: { kind: 'file', id: 'file-1' } },
      {
        type: 'document',
        source: { kind: 'base64', mediaType: 'application/pdf', data: 'JVBE' },
        name: 'a.pdf'
      },
      { type: 'document', source: { kind: 'url', url: 'https://example.com/a.pdf' } },
      { type: 'audio', source: { kind: 'base64', mediaType: 'audio/wav', data: 'UklG' } },
      { type: 'unsupported', kind: 'input_video' }
    ])
  })

  test('joins what an assistant did in one turn, and the results of its calls', () => {
    const call = (id: string) => ({ type: 'function_call', call_id: id, name: 'f', arguments: '{}' })
    const output = (id: string) => ({ type: 'function_call_output', call_id: id, output: `of ${id}` })
    const turn = messages(
      {
        type: 'reasoning',
        id: 'rs_1',
        summary: [{ type: 'summary_text', text: 'Hm.' }],
        encrypted_content: 'gAAA'
      },
      { role: 'assistant', content: [{ type: 'output_text', text: 'Looking.' }] },
      call('a'),
      call('b'),
      output('b'),
      output('a')
    )
    expect(turn).toMatchObject([
      {
        role: 'assistant',
        content: [
          { type: 'reasoning', text: 'Hm.', signature: { vendor: 'openai', value: 'gAAA' } },
          { type: 'text', text: 'Looking.' },
          { type: 'tool-call', id: 'a' },
          { type: 'tool-call', id: 'b' }
        ]
      },
      {
        role: 'tool',
        content: [
          { type: 'tool-result', callId: 'b', content: [{ type: 'text', text: 'of b' }] },
          { type: 'tool-result', callId: 'a' }
        ]
      }
    ])
  })

  test('names what tools of OpenAI’s own did', () => {
    expect(messages({ type: 'web_search_call', id: 'ws_1', status: 'completed' })).toEqual([
      { role: 'assistant', content: [{ type: 'unsupported', kind: 'web_search_call' }] }
    ])
  })

  test.each([
    ['input', { input: 7 }],
    ['input', { input: null }],
    ['input[0]', { input: ['Hello'] }],
    ['input[0].role', { input: [{ role: 'narrator', content: 'x' }] }],
    ['input[0].content', { input: [{ role: 'user', content: [{ type: 'input_text' }] }] }],
    ['input[0].call_id', { input: [{ type: 'function_call', name: 'f', arguments: '{}' }] }],
    ['input[0]', { input: [{ type: 'item_reference', id: 'msg_68f4' }] }],
    ['prompt', { prompt: { id: 'pmpt_1' } }]
  ])('that cannot be read is refused at %s', (param, body) => {
    expect(() => request(body)).toThrow(refusal(param))
  })
})

describe('tools', () => {
  const weather = { type: 'function', name: 'weather', parameters: { type: 'object' }, strict: true }
  const patch = {
    type: 'custom',
    name: 'apply_patch',
    description: 'Edits files.',
    format: { type: 'grammar', syntax: 'lark', definition: 'start: line+' }
  }

  test('of free text become functions of one text, their grammar told in words', () => {
    const [first, second] = request({ tools: [weather, patch] }).tools ?? []
    expect(first).toEqual({ name: 'weather', parameters: { type: 'object' }, strict: true })
    expect(second).toMatchObject({ name: 'apply_patch', parameters: { required: ['input'] } })
    expect(second?.description).toBe('Edits files.\n\nThe input must follow this lark grammar:\nstart: line+')
  })

  test('of a namespace, as Codex has those of its MCP servers, go under one name', () => {
    const agents = {
      type: 'namespace',
      name: 'multi_agent_v1',
      description: 'Tools for sub-agents.',
      tools: [
        { type: 'function', name: 'close_agent', description: 'Close it.', strict: false, parameters: {} },
        { type: 'custom', name: 'tell_agent' }
      ]
    }
    const github = { type: 'namespace', name: 'mcp__github__', tools: [{ type: 'function', name: 'search' }] }
    const called = {
      type: 'function_call',
      call_id: 'call_1',
      namespace: 'mcp__github__',
      name: 'search',
      arguments: '{}'
    }
    const { tools, toolChoice, unmapped, messages } = request({
      tools: [agents, github],
      tool_choice: { type: 'function', namespace: 'multi_agent_v1', name: 'close_agent' },
      input: [{ role: 'user', content: 'Search' }, called]
    })
    expect(tools).toMatchObject([
      { name: 'multi_agent_v1__close_agent', description: 'Tools for sub-agents.\n\nClose it.' },
      { name: 'multi_agent_v1__tell_agent', parameters: { required: ['input'] } },
      { name: 'mcp__github__search' }
    ])
    expect(toolChoice).toEqual({ name: 'multi_agent_v1__close_agent' })
    expect(unmapped ?? []).toEqual([])
    expect(messages.at(-1)?.content).toMatchObject([{ id: 'call_1', name: 'mcp__github__search' }])
    expect(() => request({ tools: [{ ...github, tools: 'search' }] })).toThrow('tools[0].tools')
  })

  test('of OpenAI’s own are named', () => {
    const built = ['web_search', 'file_search', 'code_interpreter', 'mcp', 'local_shell', 'apply_patch']
    const { tools, unmapped } = request({ tools: [weather, ...built.map((type) => ({ type }))] })
    expect(tools).toHaveLength(1)
    expect(unmapped).toEqual(built.map((type) => `tools.${type}`))
  })

  test.each([
    ['auto', 'auto'],
    ['required', 'required'],
    [{ type: 'function', name: 'weather' }, { name: 'weather' }],
    [{ type: 'custom', name: 'apply_patch' }, { name: 'apply_patch' }]
  ])('can be chosen by %j', (choice, expected) => {
    expect(request({ tools: [weather, patch], tool_choice: choice }).toolChoice).toEqual(expected)
  })

  test('can be chosen from some', () => {
    const choice = {
      type: 'allowed_tools',
      mode: 'required',
      tools: [{ type: 'custom', name: 'apply_patch' }]
    }
    const { tools, toolChoice } = request({ tools: [weather, patch], tool_choice: choice })
    expect(tools?.map(({ name }) => name)).toEqual(['apply_patch'])
    expect(toolChoice).toBe('required')
  })
})

describe('parameters', () => {
  test('find their neutral place', () => {
    const schema = { type: 'object' }
    expect(
      request({
        max_output_tokens: 20,
        temperature: 0.5,
        top_p: 0.9,
        parallel_tool_calls: false,
        reasoning: { effort: 'high', summary: 'auto' },
        text: { format: { type: 'json_schema', name: 'city', schema, strict: true } },
        include: ['message.output_text.logprobs'],
        top_logprobs: 3,
        safety_identifier: 'u1'
      })
    ).toMatchObject({
      maxTokens: 20,
      temperature: 0.5,
      topP: 0.9,
      parallelToolCalls: false,
      reasoning: { effort: 'high', show: true },
      output: { name: 'city', schema, strict: true },
      logprobs: { top: 3 },
      user: 'u1',
      unmapped: []
    })
  })

  test('that everybody gets ask for nothing; others are named', () => {
    const usual = {
      service_tier: 'auto',
      truncation: 'disabled',
      background: false,
      store: false,
      metadata: { a: 'b' },
      text: { verbosity: 'medium' },
      max_tool_calls: null,
      prompt_cache_key: 'k'
    }
    expect(request(usual).unmapped).toEqual([])
    const unusual = {
      service_tier: 'flex',
      truncation: 'auto',
      text: { verbosity: 'low' },
      max_tool_calls: 3
    }
    expect(request(unusual).unmapped).toEqual([
      'service_tier',
      'truncation',
      'max_tool_calls',
      'text.verbosity'
    ])
  })

  test.each([
    ['background', { background: true }],
    ['conversation', { conversation: 'conv_1' }],
    ['temperature', { temperature: 3 }],
    ['max_output_tokens', { max_output_tokens: 0 }],
    ['store', { store: 'yes' }],
    ['previous_response_id', { previous_response_id: 7 }],
    ['text.format', { text: { format: { type: 'xml' } } }],
    ['reasoning.effort', { reasoning: { effort: 'extreme' } }],
    ['tools[0]', { tools: ['weather'] }]
  ])('are refused at %s', (param, body) => {
    expect(() => request(body)).toThrow(refusal(param))
  })
})
