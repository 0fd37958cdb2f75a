import { describe, expect, it } from 'vitest'
import type { Json } from '../json-fields.ts'
import { readParameters } from './parameters.ts'
import { toChatRequest } from './request.ts'

const contents = [{ role: 'user', parts: [{ text: 'Hi' }] }]
const read = (body: Json) => toChatRequest({ contents, ...body })
const messagesOf = (...parts: Json[]) => toChatRequest({ contents: [{ role: 'user', parts }] }).messages

describe('contents', () => {
  it('keeps texts, thoughts, calls and their signatures in order', () => {
    const { messages } = toChatRequest({
      contents: [
        { parts: [{ text: 'Hi' }] },
        {
          role: 'model',
          parts: [
            { text: 'hm', thought: true },
            { text: 'so', thoughtSignature: 'sig-t' },
            { functionCall: { id: 'a', name: 'f', args: { x: 1 } }, thoughtSignature: 'sig-c' },
            { text: '', thoughtSignature: 'sig-e' }
          ]
        }
      ]
    })
    const signature = (value: string) => ({ vendor: 'google', value })
    expect(messages).toEqual([
      { role: 'user', content: [{ type: 'text', text: 'Hi' }] },
      {
        role: 'assistant',
        content: [
          { type: 'reasoning', text: 'hm' },
          { type: 'text', text: 'so', signature: signature('sig-t') },
          { type: 'tool-call', id: 'a', name: 'f', arguments: '{"x":1}', signature: signature('sig-c') },
          { type: 'reasoning', text: '', redacted: true, signature: signature('sig-e') }
        ]
      }
    ])
  })

  it('matches results to calls by id, and without ids by name and order', () => {
    const call = (name: string, id?: string) => ({ functionCall: { name, args: {}, ...(id && { id }) } })
    const result = (name: string, value: string, id?: string) => ({
      functionResponse: { name, response: { output: value }, ...(id && { id }) }
    })
    const { messages } = toChatRequest({
      contents: [
        { role: 'model', parts: [call('f'), call('g', 'own'), call('f')] },
        { role: 'user', parts: [result('g', 'G', 'own'), result('f', 'first'), result('f', 'second')] }
      ]
    })
    expect(messages[0]?.content.map((part) => part.type === 'tool-call' && part.id)).toEqual([
      'call_google_1',
      'own',
      'call_google_2'
    ])
    expect(messages[1]).toMatchObject({
      role: 'tool',
      content: [
        { callId: 'own', name: 'g', content: [{ text: 'G' }] },
        { callId: 'call_google_1', name: 'f', content: [{ text: 'first' }] },
        { callId: 'call_google_2', name: 'f', content: [{ text: 'second' }] }
      ]
    })
  })

  it('gives calls the same ids in every turn of a conversation', () => {
    const turn = { role: 'model', parts: [{ functionCall: { name: 'f' } }] }
    const ids = (...list: Json[]) =>
      toChatRequest({ contents: list }).messages.flatMap(({ content }) =>
        content.flatMap((part) => (part.type === 'tool-call' ? [part.id] : []))
      )
    expect(ids(turn, turn).slice(0, 1)).toEqual(ids(turn))
  })

  it('lets results stand in messages of their own, where they stood', () => {
    const { messages } = toChatRequest({
      contents: [
        {
          role: 'function',
          parts: [{ functionResponse: { name: 'f', response: { a: 1 } } }, { text: 'and?' }]
        }
      ]
    })
    expect(messages.map(({ role }) => role)).toEqual(['tool', 'user'])
  })

  it.each([
    [{ output: 'sunny' }, 'sunny', false],
    [{ error: 'no city' }, 'no city', true],
    [{ output: { a: 1 } }, '{"output":{"a":1}}', false],
    [{ output: '{"a":1}' }, '{"output":"{\\"a\\":1}"}', false],
    [{ result: 'x', more: 2 }, '{"result":"x","more":2}', false]
  ])('reads the result %j', (response, text, isError) => {
    const [message] = messagesOf({ functionResponse: { name: 'f', response } })
    expect(message?.content).toMatchObject([{ content: [{ type: 'text', text }], isError }])
  })

  it('reads pictures, documents, sound, and files where they are', () => {
    const [message] = messagesOf(
      { inlineData: { mimeType: 'image/png', data: 'AA==' } },
      { inlineData: { mimeType: 'application/pdf', data: 'AA==', displayName: 'a.pdf' } },
      { inlineData: { mimeType: 'audio/wav', data: 'AA==' } },
      { fileData: { mimeType: 'image/webp', fileUri: 'https://example.com/x' } },
      { fileData: { fileUri: 'https://generativelanguage.googleapis.com/v1beta/files/abc' } },
      { inlineData: { mimeType: 'video/mp4', data: 'AA==' } },
      { executableCode: { code: '1' } }
    )
    expect(message?.content).toEqual([
      { type: 'image', source: { kind: 'base64', mediaType: 'image/png', data: 'AA==' } },
      {
        type: 'document',
        source: { kind: 'base64', mediaType: 'application/pdf', data: 'AA==' },
        name: 'a.pdf'
      },
      { type: 'audio', source: { kind: 'base64', mediaType: 'audio/wav', data: 'AA==' } },
      { type: 'image', source: { kind: 'url', url: 'https://example.com/x' } },
      {
        type: 'document',
        source: { kind: 'file', id: 'https://generativelanguage.googleapis.com/v1beta/files/abc' }
      },
      { type: 'unsupported', kind: 'video/mp4' },
      { type: 'unsupported', kind: 'executableCode' }
    ])
  })

  it('carries the files of a result', () => {
    const parts = [{ inlineData: { mimeType: 'image/png', data: 'AA==' } }]
    const [message] = messagesOf({ functionResponse: { name: 'f', response: { output: 'ok' }, parts } })
    expect(message?.content).toMatchObject([{ content: [{ type: 'text' }, { type: 'image' }] }])
  })

  it.each([
    'Be brief.',
    { parts: [{ text: 'Be brief.' }] },
    { parts: { text: 'Be brief.' } },
    { text: 'Be brief.' }
  ])('takes the instruction %j', (systemInstruction) => {
    expect(read({ systemInstruction }).messages[0]).toEqual({
      role: 'system',
      content: [{ type: 'text', text: 'Be brief.' }]
    })
  })

  it('refuses a role that nobody knows', () => {
    expect(() => toChatRequest({ contents: [{ role: 'assistant', parts: [] }] })).toThrow(
      '"contents[0].role"'
    )
  })
})

describe('spelling', () => {
  it('takes names with underscores for the same', () => {
    const camel = {
      systemInstruction: { parts: [{ text: 'S' }] },
      contents: [
        { role: 'user', parts: [{ inlineData: { mimeType: 'image/png', data: 'AA==' } }] },
        {
          role: 'model',
          parts: [{ functionCall: { name: 'f', args: { my_arg: 1 } }, thoughtSignature: 's' }]
        },
        { role: 'user', parts: [{ functionResponse: { name: 'f', response: { my_out: 1 } } }] }
      ],
      tools: [
        {
          functionDeclarations: [
            { name: 'f', parameters: { type: 'OBJECT', properties: { my_arg: { type: 'NUMBER' } } } }
          ]
        }
      ],
      toolConfig: { functionCallingConfig: { mode: 'ANY', allowedFunctionNames: ['f'] } },
      generationConfig: {
        maxOutputTokens: 5,
        stopSequences: ['x'],
        thinkingConfig: { thinkingBudget: 9, includeThoughts: true }
      }
    }
    const snake = {
      system_instruction: { parts: [{ text: 'S' }] },
      contents: [
        { role: 'user', parts: [{ inline_data: { mime_type: 'image/png', data: 'AA==' } }] },
        {
          role: 'model',
          parts: [{ function_call: { name: 'f', args: { my_arg: 1 } }, thought_signature: 's' }]
        },
        { role: 'user', parts: [{ function_response: { name: 'f', response: { my_out: 1 } } }] }
      ],
      tools: [
        {
          function_declarations: [
            { name: 'f', parameters: { type: 'OBJECT', properties: { my_arg: { type: 'NUMBER' } } } }
          ]
        }
      ],
      tool_config: { function_calling_config: { mode: 'ANY', allowed_function_names: ['f'] } },
      generation_config: {
        max_output_tokens: 5,
        stop_sequences: ['x'],
        thinking_config: { thinking_budget: 9, include_thoughts: true }
      }
    }
    expect(toChatRequest(snake)).toEqual(toChatRequest(camel))
    expect(toChatRequest(camel).unmapped).toEqual([])
    expect(JSON.stringify(toChatRequest(snake))).toContain('my_arg')
  })
})

describe('options', () => {
  it('reads every number', () => {
    const generationConfig = {
      temperature: 0.5,
      topP: 0.9,
      topK: 40,
      maxOutputTokens: 10,
      stopSequences: ['END'],
      seed: 7,
      presencePenalty: 0.1,
      frequencyPenalty: 0.2,
      responseLogprobs: true,
      logprobs: 3,
      candidateCount: 1,
      responseModalities: ['TEXT']
    }
    expect(read({ generationConfig })).toMatchObject({
      temperature: 0.5,
      topP: 0.9,
      topK: 40,
      maxTokens: 10,
      stop: ['END'],
      seed: 7,
      presencePenalty: 0.1,
      frequencyPenalty: 0.2,
      logprobs: { top: 3 },
      output: 'text',
      unmapped: []
    })
  })

  it.each([
    [{ thinkingLevel: 'LOW' }, { effort: 'low', show: false }],
    [
      { thinkingLevel: 'high', includeThoughts: true },
      { effort: 'high', show: true }
    ],
    [{ thinkingBudget: 0 }, { effort: 'none', show: false }],
    [{ thinkingBudget: -1, includeThoughts: true }, { show: true }],
    [{ thinkingBudget: 2000 }, { budgetTokens: 2000, show: false }]
  ])('reads thinking %j', (thinkingConfig, reasoning) => {
    expect(read({ generationConfig: { thinkingConfig } }).reasoning).toEqual(reasoning)
  })

  it('reads the schema of an answer in both of its forms', () => {
    const responseMimeType = 'application/json'
    const output = (config: Json) => read({ generationConfig: { responseMimeType, ...config } }).output
    expect(output({})).toBe('json')
    const schema = { type: 'object', properties: { a: { type: 'string', minLength: 2 } } }
    expect(output({ responseJsonSchema: schema })).toEqual({ name: 'answer', schema })
    expect(output({ _responseJsonSchema: schema })).toEqual({ name: 'answer', schema })
    expect(
      output({ responseSchema: { type: 'OBJECT', properties: { a: { type: 'STRING', minLength: '2' } } } })
    ).toEqual({ name: 'answer', schema })
  })

  it('turns Google’s schemas into JSON Schema', () => {
    const parameters = {
      type: 'OBJECT',
      nullable: true,
      properties: {
        list: { type: 'ARRAY', items: { type: 'INTEGER', format: 'int32' }, minItems: '1' },
        kind: { type: 'STRING', format: 'enum', enum: ['a'], example: 'a' },
        any: { anyOf: [{ type: 'STRING' }, { type: 'NULL' }] }
      },
      required: ['list']
    }
    const [tool] = read({ tools: [{ functionDeclarations: [{ name: 'f', parameters }] }] }).tools ?? []
    expect(tool?.parameters).toEqual({
      type: ['object', 'null'],
      properties: {
        list: { type: 'array', items: { type: 'integer', format: 'int32' }, minItems: 1 },
        kind: { type: 'string', enum: ['a'], examples: ['a'] },
        any: { anyOf: [{ type: 'string' }, { type: 'null' }] }
      },
      required: ['list']
    })
  })

  it.each([
    [{ mode: 'AUTO' }, ['f', 'g'], 'auto'],
    [{ mode: 'NONE' }, ['f', 'g'], 'none'],
    [{ mode: 'ANY' }, ['f', 'g'], 'required'],
    [{ mode: 'ANY', allowedFunctionNames: ['g'] }, ['f', 'g'], { name: 'g' }],
    [{ mode: 'ANY', allowedFunctionNames: ['g', 'h'] }, ['g'], 'required']
  ])('reads the choice %j', (functionCallingConfig, names, choice) => {
    const functionDeclarations = [{ name: 'f' }, { name: 'g' }]
    const { tools, toolChoice } = read({
      tools: [{ functionDeclarations }],
      toolConfig: { functionCallingConfig }
    })
    expect(tools?.map(({ name }) => name)).toEqual(names)
    expect(toolChoice).toEqual(choice)
  })

  it('names what only Google has', () => {
    const { unmapped } = toChatRequest({
      contents: [{ parts: [{ text: 'x', mediaResolution: {} }] }],
      safetySettings: [{ category: 'x' }],
      cachedContent: 'cachedContents/1',
      tools: [{ googleSearch: {} }, { codeExecution: {} }],
      toolConfig: { retrievalConfig: {} },
      generationConfig: { candidateCount: 2, speechConfig: {}, responseMimeType: 'text/x.enum' }
    })
    expect(unmapped.sort()).toEqual([
      'cachedContent',
      'generationConfig.candidateCount',
      'generationConfig.responseMimeType',
      'generationConfig.speechConfig',
      'mediaResolution',
      'safetySettings',
      'toolConfig.retrievalConfig',
      'tools.codeExecution',
      'tools.googleSearch'
    ])
  })
})

describe('readParameters', () => {
  const address = { model: 'acme/m1', stream: false }
  it.each([
    {},
    { contents: [] },
    { contents: ['Hi'] },
    { contents: [{ parts: 5 }] },
    { contents, generationConfig: 5 },
    { contents, generationConfig: { temperature: 3 } },
    { contents, generation_config: { max_output_tokens: 0 } },
    { contents, generationConfig: { thinkingConfig: { thinkingBudget: 1.5 } } }
  ])('refuses %j', (body) => {
    expect(() => readParameters(body, address)).toThrow()
  })

  it('takes a content that stands alone', () => {
    expect(readParameters({ contents: { parts: { text: 'Hi' } } }, address)).toEqual(address)
    expect(toChatRequest({ contents: { parts: { text: 'Hi' } } }).messages).toMatchObject([{ role: 'user' }])
  })
})
