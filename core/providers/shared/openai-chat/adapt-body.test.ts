import { describe, expect, it } from 'vitest'
import { adaptBody } from './adapt-body.ts'
import { nineAlphanumerics } from './adapt-messages.ts'
import { type ChatQuirks, commonQuirks } from './vendor.ts'

function adapted(body: object, quirks: Partial<ChatQuirks>) {
  const warnings = new Set<string>()
  return { body: adaptBody({ ...body }, { ...commonQuirks, ...quirks }, warnings), warnings: [...warnings] }
}
const messagesOf = (messages: object[], quirks: Partial<ChatQuirks>) =>
  adapted({ messages }, quirks).body.messages

describe('adaptBody', () => {
  it('gives the very same body when the vendor refuses nothing in it', () => {
    const body = {
      messages: [{ role: 'assistant', content: 'x', tool_calls: [{ id: 'a1b2c3d4e' }] }],
      tools: [{ type: 'function', function: { name: 'x' } }],
      tool_choice: 'auto'
    }
    const demanding: ChatQuirks = {
      ...commonQuirks,
      refuses: ['logit_bias', 'messages.name', 'tools.strict'],
      renames: { seed: 'random_seed' },
      toolCallIds: 'nine-alphanumerics',
      toolChoice: 'auto',
      jsonSchema: false,
      nullContent: false,
      repeatedRoles: false,
      userAfterTool: false
    }
    expect(adaptBody(body, demanding, new Set())).toBe(body)
  })

  it('renames a parameter in its place', () => {
    const { body } = adapted({ model: 'm', seed: 7, stop: 'x' }, { renames: { seed: 'random_seed' } })
    expect(JSON.stringify(body)).toBe('{"model":"m","random_seed":7,"stop":"x"}')
  })

  it('keeps the vendor’s own name where both are given', () => {
    const renames = { max_completion_tokens: 'max_tokens' }
    expect(adapted({ max_completion_tokens: 9, max_tokens: 5 }, { renames }).body).toEqual({ max_tokens: 5 })
  })

  it('drops what is refused, and says so if it asked for something', () => {
    const refuses = ['logit_bias', 'logprobs', 'n', 'presence_penalty', 'stream_options', 'top_logprobs']
    const { body, warnings } = adapted(
      {
        logit_bias: { 1: 2 },
        logprobs: false,
        n: 1,
        presence_penalty: 0,
        stream_options: {},
        top_logprobs: null,
        x: 1
      },
      { refuses }
    )
    expect(body).toEqual({ x: 1 })
    expect(warnings).toEqual(['logit_bias was dropped'])
  })

  it('takes strict out of tools without a word, as the schema still says the same', () => {
    const tools = [
      { type: 'function', function: { name: 'x', strict: true, parameters: {} } },
      { type: 'other' }
    ]
    expect(adapted({ tools }, { refuses: ['tools.strict'] })).toEqual({
      body: { tools: [{ type: 'function', function: { name: 'x', parameters: {} } }, { type: 'other' }] },
      warnings: []
    })
  })

  it.each<[ChatQuirks['toolChoice'], unknown, unknown]>([
    ['any', 'required', 'required'],
    ['auto-or-none', 'none', 'none'],
    ['auto-or-none', 'required', 'auto'],
    ['auto', 'none', 'auto'],
    ['words', 'required', 'required'],
    ['words', { type: 'function', function: { name: 'x' } }, 'required'],
    ['auto', { type: 'function', function: { name: 'x' } }, 'auto']
  ])('with tool choices of %s turns %j into %j', (toolChoice, given, expected) => {
    const { body, warnings } = adapted({ tool_choice: given }, { toolChoice })
    expect(body.tool_choice).toEqual(expected)
    expect(warnings).toEqual(given === expected ? [] : [`tool_choice became ${expected}`])
  })

  it('asks for an object by its schema where just any JSON cannot be asked for', () => {
    const { body, warnings } = adapted({ response_format: { type: 'json_object' } }, { jsonObject: false })
    expect(body.response_format).toMatchObject({
      type: 'json_schema',
      json_schema: { schema: { type: 'object' } }
    })
    expect(warnings).toEqual([])
  })

  it('puts a schema into words where none can be demanded', () => {
    const format = { type: 'json_schema', json_schema: { name: 'x', schema: { type: 'object' } } }
    const { body, warnings } = adapted(
      { messages: [{ role: 'user', content: 'Hi' }], response_format: format },
      { jsonSchema: false }
    )
    expect(body).toEqual({
      messages: [
        { role: 'system', content: expect.stringContaining('{"type":"object"}') },
        { role: 'user', content: 'Hi' }
      ],
      response_format: { type: 'json_object' }
    })
    expect(warnings).toHaveLength(1)
  })
})

describe('messages', () => {
  it('of a developer are the system’s where the role is unknown', () => {
    const messages = [{ role: 'developer', content: 'x' }]
    expect(messagesOf(messages, { developerRole: false })).toEqual([{ role: 'system', content: 'x' }])
    expect(messagesOf(messages, { developerRole: true })).toEqual(messages)
  })

  it('lose names that would be refused, but not the name of a tool', () => {
    const messages = [
      { role: 'user', name: 'Ann', content: 'x' },
      { role: 'tool', name: 'look', tool_call_id: 'a', content: '1' }
    ]
    expect(adapted({ messages }, { refuses: ['messages.name'] })).toEqual({
      body: { messages: [{ role: 'user', content: 'x' }, messages[1]] },
      warnings: ['messages.name was dropped']
    })
  })

  it('lose what SDKs echo of an answer where that would be refused, without a word about what is empty', () => {
    const echoed = {
      role: 'assistant',
      content: 'x',
      refusal: null,
      annotations: [],
      reasoning_content: 'Hm.'
    }
    const refuses = ['messages.refusal', 'messages.annotations', 'messages.reasoning_content']
    expect(adapted({ messages: [echoed] }, { refuses })).toEqual({
      body: { messages: [{ role: 'assistant', content: 'x' }] },
      warnings: []
    })
  })

  it.each(['prefix', 'partial'] as const)('mark an assistant’s beginning to go on with by %s', (prefill) => {
    const user = { role: 'user', content: 'Hi' }
    const begun = { role: 'assistant', content: '{' }
    expect(messagesOf([user, begun], { prefill })).toEqual([user, { ...begun, [prefill]: true }])
    expect(messagesOf([begun, user], { prefill })).toEqual([begun, user])
  })

  it('of the system come first where roles must take turns', () => {
    const [user, system, answer] = ['user', 'system', 'assistant'].map((role) => ({ role, content: role }))
    const messages = [user, system, answer].flatMap((message) => message ?? [])
    expect(messagesOf(messages, { repeatedRoles: false })).toEqual([system, user, answer])
  })

  it('give Mistral ids of nine characters, the same for a call and its result', () => {
    const messages = [
      { role: 'assistant', content: '', tool_calls: [{ id: 'call_long_1' }, { id: 'Abc123xyz' }] },
      { role: 'tool', tool_call_id: 'call_long_1', content: '1' },
      { role: 'tool', tool_call_id: 'Abc123xyz', content: '2' }
    ]
    const id = nineAlphanumerics('call_long_1')
    expect(id).toMatch(/^[a-zA-Z0-9]{9}$/)
    expect(nineAlphanumerics('call_long_2')).not.toBe(id)
    expect(messagesOf(messages, { toolCallIds: 'nine-alphanumerics' })).toEqual([
      { role: 'assistant', content: '', tool_calls: [{ id }, { id: 'Abc123xyz' }] },
      { role: 'tool', tool_call_id: id, content: '1' },
      messages[2]
    ])
  })

  it('of calls alone have an empty content where null is refused', () => {
    const messages = [{ role: 'assistant', content: null, tool_calls: [{ id: 'a' }] }]
    expect(messagesOf(messages, { nullContent: false })).toEqual([{ ...messages[0], content: '' }])
  })

  it('with calls always hold reasoning_content for a vendor that demands it', () => {
    const calls = { role: 'assistant', content: '', tool_calls: [{ id: 'a' }] }
    const messages = [calls, { ...calls, reasoning_content: 'Hm.' }, { role: 'assistant', content: 'x' }]
    expect(messagesOf(messages, { replay: 'with-tool-calls' })).toEqual([
      { ...calls, reasoning_content: '' },
      ...messages.slice(1)
    ])
  })

  it('have a word of the assistant between a tool and a user', () => {
    const tool = { role: 'tool', tool_call_id: 'a', content: '1' }
    const user = { role: 'user', content: 'And?' }
    expect(messagesOf([tool, tool, user], { userAfterTool: false })).toEqual([
      tool,
      tool,
      { role: 'assistant', content: expect.any(String) },
      user
    ])
  })

  it('of one role in a row are joined where they must take turns', () => {
    const part = { type: 'text', text: 'c' }
    expect(
      messagesOf(
        [
          { role: 'user', content: 'a' },
          { role: 'user', content: 'b' },
          { role: 'user', content: [part] },
          { role: 'assistant', content: 'd' }
        ],
        { repeatedRoles: false }
      )
    ).toEqual([
      { role: 'user', content: [{ type: 'text', text: 'a\n\nb' }, part] },
      { role: 'assistant', content: 'd' }
    ])
  })
})
