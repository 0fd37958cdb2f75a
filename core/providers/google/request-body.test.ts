import { describe, expect, it } from 'vitest'
import type { ChatRequest } from '../spec/chat.ts'
import type { ContentPart, PromptMessage, VendorSignature } from '../spec/prompt.ts'
import { writeJson } from './request-body.ts'

const filesUrl = 'https://generativelanguage.googleapis.com/v1beta'

function written(request: Partial<ChatRequest>, model = 'gemini-2.5-flash') {
  const warnings: string[] = []
  const messages: PromptMessage[] = [{ role: 'user', content: [{ type: 'text', text: 'Hi' }] }]
  const json = writeJson(
    { messages, output: 'text', unmapped: [], ...request },
    { model, filesUrl },
    warnings
  )
  return { ...json, warnings }
}
const text = (value: string): ContentPart => ({ type: 'text', text: value })
const google = (value: string): VendorSignature => ({ vendor: 'google', value })
const call = (id: string, args = '{}', signature?: VendorSignature): ContentPart => ({
  type: 'tool-call',
  id,
  name: `f_${id}`,
  arguments: args,
  ...(signature && { signature })
})
const result = (callId: string, value: string, isError = false): ContentPart => ({
  type: 'tool-result',
  callId,
  content: [text(value)],
  isError
})

describe('messages', () => {
  it('joins system messages wherever they stand, and lets roles alternate', () => {
    const { systemInstruction, contents } = written({
      messages: [
        { role: 'system', content: [text('One.')] },
        { role: 'user', content: [text('a')] },
        { role: 'user', content: [text('b')] },
        { role: 'system', content: [text('Two.')] },
        { role: 'assistant', content: [text('c')] },
        { role: 'assistant', content: [text('')] }
      ]
    })
    expect(systemInstruction).toEqual({ parts: [{ text: 'One.' }, { text: 'Two.' }] })
    expect(contents).toEqual([
      { role: 'user', parts: [{ text: 'a' }, { text: 'b' }] },
      { role: 'model', parts: [{ text: 'c' }] }
    ])
  })

  it('asks an instruction that stands alone as a question', () => {
    expect(written({ messages: [{ role: 'system', content: [text('Go.')] }] })).toMatchObject({
      contents: [{ role: 'user', parts: [{ text: 'Go.' }] }]
    })
  })

  it('answers parallel calls by name and id, in one turn', () => {
    const { contents } = written({
      messages: [
        { role: 'assistant', content: [call('a', '{"x":1}'), call('b', '')] },
        { role: 'tool', content: [result('a', 'sunny')] },
        { role: 'tool', content: [result('b', '{"boats":2}')] },
        { role: 'user', content: [text('and?')] }
      ]
    })
    expect(contents).toEqual([
      {
        role: 'model',
        parts: [
          { functionCall: { id: 'a', name: 'f_a', args: { x: 1 } } },
          { functionCall: { id: 'b', name: 'f_b', args: {} } }
        ]
      },
      {
        role: 'user',
        parts: [
          { functionResponse: { id: 'a', name: 'f_a', response: { output: 'sunny' } } },
          { functionResponse: { id: 'b', name: 'f_b', response: { boats: 2 } } },
          { text: 'and?' }
        ]
      }
    ])
  })

  it('keeps arguments that are no object, and results that hold a $ref, as text', () => {
    const { contents } = written({
      messages: [
        { role: 'assistant', content: [call('a', '{"x":')] },
        { role: 'tool', content: [result('a', '{"schema":[{"$ref":"#/$defs/x"}]}')] }
      ]
    })
    expect(contents[0]?.parts).toMatchObject([{ functionCall: { args: { malformed_arguments: '{"x":' } } }])
    expect(contents[1]?.parts).toMatchObject([
      { functionResponse: { response: { output: '{"schema":[{"$ref":"#/$defs/x"}]}' } } }
    ])
  })

  it('tells a failure from a result', () => {
    const { contents } = written({
      messages: [
        { role: 'assistant', content: [call('a')] },
        { role: 'tool', content: [result('a', 'no such city', true)] }
      ]
    })
    expect(contents[1]?.parts).toMatchObject([{ functionResponse: { response: { error: 'no such city' } } }])
  })

  it('refuses a result that answers no call', () => {
    expect(() => written({ messages: [{ role: 'tool', content: [result('x', 'y')] }] })).toThrow(
      'answers no call'
    )
  })

  it('carries a tool’s picture where the model sees it', () => {
    const image: ContentPart = {
      type: 'image',
      source: { kind: 'base64', mediaType: 'image/png', data: 'AAAA' }
    }
    const messages: PromptMessage[] = [
      { role: 'assistant', content: [call('a', '{}', google('s')), call('b')] },
      {
        role: 'tool',
        content: [
          { type: 'tool-result', callId: 'a', content: [text('ok'), image], isError: false },
          result('b', 'x')
        ]
      }
    ]
    const inlineData = { mimeType: 'image/png', data: 'AAAA' }
    expect(written({ messages }).contents[1]?.parts).toMatchObject([
      { functionResponse: { id: 'a', response: { output: 'ok' } } },
      { functionResponse: { id: 'b' } },
      { inlineData }
    ])
    expect(written({ messages }, 'gemini-3-flash-preview').contents[1]?.parts).toMatchObject([
      { functionResponse: { id: 'a', response: { output: 'ok' }, parts: [{ inlineData }] } },
      { functionResponse: { id: 'b' } }
    ])
  })

  it('gives pictures, documents and sound as bytes, addresses or files of Google', () => {
    const { contents } = written({
      messages: [
        {
          role: 'user',
          content: [
            { type: 'image', source: { kind: 'url', url: 'https://example.com/a.png?x=1' } },
            { type: 'document', source: { kind: 'url', url: 'https://example.com/paper' } },
            { type: 'audio', source: { kind: 'base64', mediaType: 'audio/wav', data: 'AA==' } },
            { type: 'document', source: { kind: 'file', id: 'files/abc-123' } }
          ]
        }
      ]
    })
    expect(contents[0]?.parts).toEqual([
      { fileData: { fileUri: 'https://example.com/a.png?x=1', mimeType: 'image/png' } },
      { fileData: { fileUri: 'https://example.com/paper', mimeType: 'application/pdf' } },
      { inlineData: { mimeType: 'audio/wav', data: 'AA==' } },
      { fileData: { fileUri: `${filesUrl}/files/abc-123` } }
    ])
  })

  it('refuses a file that lies with another vendor', () => {
    const content: ContentPart[] = [{ type: 'document', source: { kind: 'file', id: 'file-abc' } }]
    expect(() => written({ messages: [{ role: 'user', content }] })).toThrow("not one of Google's Files API")
  })

  it('names parts that nobody can carry', () => {
    const content: ContentPart[] = [text('a'), { type: 'unsupported', kind: 'input_video' }]
    expect(written({ messages: [{ role: 'user', content }] }).warnings).toEqual([
      'message content of type input_video was dropped'
    ])
  })
})

describe('signatures', () => {
  const dummy = 'skip_thought_signature_validator'
  const gemini3 = 'gemini-3-pro-preview'

  it('stay on the parts they came with', () => {
    const content: ContentPart[] = [
      { type: 'reasoning', text: 'hm', signature: google('r') },
      { type: 'text', text: 'so', signature: google('t') },
      call('a', '{}', google('c')),
      { type: 'reasoning', text: '', redacted: true, signature: google('e') }
    ]
    expect(written({ messages: [{ role: 'assistant', content }] }, gemini3).contents[0]?.parts).toEqual([
      { text: 'hm', thought: true, thoughtSignature: 'r' },
      { text: 'so', thoughtSignature: 't' },
      { functionCall: { id: 'a', name: 'f_a', args: {} }, thoughtSignature: 'c' },
      { text: '', thoughtSignature: 'e' }
    ])
  })

  it('of other vendors are left out, with the thoughts they seal', () => {
    const foreign: VendorSignature = { vendor: 'anthropic', value: 'x' }
    const content: ContentPart[] = [{ type: 'reasoning', text: 'hm', signature: foreign }, text('so')]
    const { contents, warnings } = written({ messages: [{ role: 'assistant', content }] })
    expect(contents[0]?.parts).toEqual([{ text: 'so' }])
    expect(warnings).toEqual([])
  })

  it('are stood in for on the first call of each step, where Gemini 3 demands one', () => {
    const messages: PromptMessage[] = [
      { role: 'assistant', content: [text('…'), call('a'), call('b')] },
      { role: 'tool', content: [result('a', '1'), result('b', '2')] },
      { role: 'assistant', content: [call('c')] },
      { role: 'tool', content: [result('c', '3')] },
      { role: 'assistant', content: [call('d', '{}', google('own')), call('e')] }
    ]
    const signatures = (model: string) =>
      written({ messages }, model)
        .contents.filter(({ role }) => role === 'model')
        .map(({ parts }) => parts.map(({ thoughtSignature }) => thoughtSignature))
    expect(signatures(gemini3)).toEqual([[undefined, dummy, undefined], [dummy], ['own', undefined]])
    expect(signatures('gemini-flash-latest')[1]).toEqual([dummy])
    expect(signatures('gemini-2.5-flash')).toEqual([
      [undefined, undefined, undefined],
      [undefined],
      ['own', undefined]
    ])
  })
})

describe('options', () => {
  const tool = {
    name: 'f',
    description: 'Does it.',
    parameters: { type: 'object', properties: { a: { const: 'x' } } }
  }

  it('declares functions with schemas that Gemini takes', () => {
    const { tools, warnings } = written({
      tools: [
        tool,
        { name: 'g', parameters: null },
        { name: 'h', parameters: { type: 'object', properties: {}, additionalProperties: false } },
        { name: 'i', parameters: { type: 'object', properties: { u: { type: 'string', pattern: '^a' } } } }
      ]
    })
    expect(tools).toEqual([
      {
        functionDeclarations: [
          {
            name: 'f',
            description: 'Does it.',
            parametersJsonSchema: { type: 'object', properties: { a: { enum: ['x'] } } }
          },
          { name: 'g' },
          { name: 'h' },
          { name: 'i', parametersJsonSchema: { type: 'object', properties: { u: { type: 'string' } } } }
        ]
      }
    ])
    expect(warnings).toEqual(['pattern was dropped from the parameters of i'])
  })

  it.each([
    ['auto' as const, { mode: 'AUTO' }],
    ['none' as const, { mode: 'NONE' }],
    ['required' as const, { mode: 'ANY' }],
    [{ name: 'f' }, { mode: 'ANY', allowedFunctionNames: ['f'] }]
  ])('lets the model choose %j', (toolChoice, functionCallingConfig) => {
    expect(written({ tools: [tool], toolChoice }).toolConfig).toEqual({ functionCallingConfig })
  })

  it('says that parallel calls cannot be forbidden, nor strictness had', () => {
    const { warnings } = written({ tools: [{ ...tool, strict: true }], parallelToolCalls: false })
    expect(warnings).toEqual(['parallel_tool_calls was dropped', 'strict was dropped from tools'])
  })

  it('sets every parameter that Gemini has', () => {
    const { generationConfig } = written({
      maxTokens: 10,
      temperature: 0.5,
      topP: 0.9,
      topK: 40,
      frequencyPenalty: 0.1,
      presencePenalty: 0.2,
      seed: 7,
      stop: ['END'],
      logprobs: { top: 3 },
      reasoning: { effort: 'low' }
    })
    expect(generationConfig).toEqual({
      maxOutputTokens: 10,
      temperature: 0.5,
      topP: 0.9,
      topK: 40,
      frequencyPenalty: 0.1,
      presencePenalty: 0.2,
      seed: 7,
      stopSequences: ['END'],
      responseLogprobs: true,
      logprobs: 3,
      thinkingConfig: { thinkingBudget: 4096, includeThoughts: true }
    })
  })

  it('refuses more stop sequences than Gemini takes', () => {
    expect(() => written({ stop: ['1', '2', '3', '4', '5', '6'] })).toThrow('at most 5')
  })

  it('asks for JSON, by a schema where there is one', () => {
    expect(written({ output: 'json' }).generationConfig).toEqual({ responseMimeType: 'application/json' })
    const output = {
      name: 'answer',
      schema: { type: 'object', properties: { a: { type: 'string', minLength: 1 } } }
    }
    const { generationConfig, warnings } = written({ output })
    expect(generationConfig).toEqual({
      responseMimeType: 'application/json',
      responseJsonSchema: { type: 'object', properties: { a: { type: 'string' } } }
    })
    expect(warnings).toEqual(['minLength was dropped from the schema of the answer'])
  })

  it('gives up JSON beside tools only where the model refuses both', () => {
    const request = { output: 'json' as const, tools: [tool] }
    expect(written(request).generationConfig).toEqual({})
    expect(written(request).warnings).toEqual([expect.stringContaining('response_format was dropped')])
    expect(written(request, 'gemini-3-pro-preview').generationConfig).toEqual({
      responseMimeType: 'application/json'
    })
  })
})
