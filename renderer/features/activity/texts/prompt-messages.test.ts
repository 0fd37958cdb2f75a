import { describe, expect, it } from 'vitest'
import { promptText, readPrompt } from './prompt-messages.ts'

const read = (request: unknown) => readPrompt(JSON.stringify(request))
const png = `data:image/png;base64,${'A'.repeat(4000)}`

describe('readPrompt', () => {
  it('reads chat completions: parts, named pictures, calls and their results', () => {
    const prompt = read({
      model: 'm',
      temperature: 0.2,
      stream: true,
      tools: [{ type: 'function', function: { name: 'weather', description: 'Tells it', parameters: {} } }],
      messages: [
        { role: 'system', content: 'Be brief.' },
        {
          role: 'user',
          content: [
            { type: 'text', text: 'What is this?' },
            { type: 'image_url', image_url: { url: png } },
            { type: 'image_url', image_url: { url: 'https://example.com/a.png' } },
            { type: 'hologram' }
          ]
        },
        {
          role: 'assistant',
          content: null,
          reasoning_content: 'Hm.',
          tool_calls: [{ id: '1', type: 'function', function: { name: 'weather', arguments: '{"at":1}' } }]
        },
        { role: 'tool', tool_call_id: '1', content: 'Rain' }
      ]
    })
    expect(prompt).toEqual({
      messages: [
        { role: 'system', parts: [{ type: 'text', text: 'Be brief.' }] },
        {
          role: 'user',
          parts: [
            { type: 'text', text: 'What is this?' },
            { type: 'media', words: 'image: image/png, 3.0 kB' },
            { type: 'media', words: 'image: https://example.com/a.png' },
            { type: 'other', kind: 'hologram' }
          ]
        },
        {
          role: 'assistant',
          parts: [
            { type: 'thought', text: 'Hm.' },
            { type: 'call', name: 'weather', arguments: '{"at":1}' }
          ]
        },
        { role: 'tool', parts: [{ type: 'result', name: null, text: 'Rain', failed: false }] }
      ],
      tools: [{ name: 'weather', description: 'Tells it' }],
      settings: [
        ['temperature', '0.2'],
        ['stream', 'true']
      ]
    })
  })

  it('reads Anthropic’s messages: system blocks, thinking, tool use, failed results and documents', () => {
    const prompt = read({
      system: [{ type: 'text', text: 'Be kind.' }],
      tools: [{ name: 'look', description: 'Looks', input_schema: {} }],
      messages: [
        {
          role: 'assistant',
          content: [
            { type: 'thinking', thinking: 'Let me see.', signature: 'x' },
            { type: 'redacted_thinking', data: 'x' },
            { type: 'tool_use', id: '1', name: 'look', input: { at: 'sea' } }
          ]
        },
        {
          role: 'user',
          content: [
            {
              type: 'tool_result',
              tool_use_id: '1',
              is_error: true,
              content: [{ type: 'text', text: 'fog' }]
            },
            { type: 'document', source: { type: 'base64', media_type: 'application/pdf', data: 'AAAA' } }
          ]
        }
      ]
    })
    expect(prompt?.tools).toEqual([{ name: 'look', description: 'Looks' }])
    expect(prompt?.messages).toEqual([
      { role: 'system', parts: [{ type: 'text', text: 'Be kind.' }] },
      {
        role: 'assistant',
        parts: [
          { type: 'thought', text: 'Let me see.' },
          { type: 'thought', text: '' },
          { type: 'call', name: 'look', arguments: '{"at":"sea"}' }
        ]
      },
      {
        role: 'user',
        parts: [
          { type: 'result', name: null, text: 'fog', failed: true },
          { type: 'media', words: 'document: application/pdf, 3 B' }
        ]
      }
    ])
  })

  it('reads Google’s contents', () => {
    const prompt = read({
      systemInstruction: { parts: [{ text: 'Be quick.' }] },
      tools: [
        { functionDeclarations: [{ name: 'a' }, { name: 'b', description: 'B' }] },
        { googleSearch: {} }
      ],
      contents: [
        { role: 'user', parts: [{ text: 'Hi' }, { inlineData: { mimeType: 'image/png', data: 'AAAA' } }] },
        {
          role: 'model',
          parts: [{ text: 'Thinking', thought: true }, { functionCall: { name: 'a', args: { x: 1 } } }]
        },
        { role: 'user', parts: [{ functionResponse: { name: 'a', response: { ok: true } } }] }
      ]
    })
    expect(prompt?.tools.map(({ name }) => name)).toEqual(['a', 'b', ''])
    expect(prompt?.messages).toEqual([
      { role: 'system', parts: [{ type: 'text', text: 'Be quick.' }] },
      {
        role: 'user',
        parts: [
          { type: 'text', text: 'Hi' },
          { type: 'media', words: 'file: image/png, 3 B' }
        ]
      },
      {
        role: 'model',
        parts: [
          { type: 'thought', text: 'Thinking' },
          { type: 'call', name: 'a', arguments: '{"x":1}' }
        ]
      },
      { role: 'user', parts: [{ type: 'result', name: 'a', text: '{"ok":true}', failed: false }] }
    ])
  })

  it('reads the items of the Responses API', () => {
    const prompt = read({
      instructions: 'Be exact.',
      input: [
        { role: 'user', content: [{ type: 'input_text', text: 'Hi' }] },
        { type: 'reasoning', summary: [{ type: 'summary_text', text: 'x' }], content: null },
        { type: 'function_call', call_id: '1', name: 'f', arguments: '{}' },
        { type: 'function_call_output', call_id: '1', output: 'done' }
      ]
    })
    expect(prompt?.messages.map(({ role, parts }) => [role, parts[0]?.type])).toEqual([
      ['system', 'text'],
      ['user', 'text'],
      ['assistant', 'thought'],
      ['assistant', 'call'],
      ['tool', 'result']
    ])
    expect(prompt?.messages[2]?.parts).toEqual([{ type: 'thought', text: 'x' }])
  })

  it('reads what the app itself asked', () => {
    const prompt = read({
      messages: [
        {
          role: 'user',
          content: [{ type: 'image', source: { kind: 'base64', mediaType: 'image/png', data: 'AAAA' } }]
        },
        {
          role: 'tool',
          content: [
            {
              type: 'tool-result',
              callId: '1',
              name: 'f',
              content: [{ type: 'text', text: 'ok' }],
              isError: false
            }
          ]
        }
      ],
      output: 'text',
      unmapped: []
    })
    expect(prompt).toMatchObject({
      messages: [
        { parts: [{ type: 'media', words: 'image: image/png, 3 B' }] },
        { parts: [{ type: 'result', name: 'f', text: 'ok' }] }
      ],
      settings: [['output', 'text']]
    })
  })

  it.each([
    [{ prompt: 'Once', images: ['AAAA'] }, 'user:\nOnce\n[image: 3 B]'],
    [{ input: ['a', 'b'] }, 'input:\na\n\ninput:\nb'],
    [{ query: 'q', documents: ['d', { text: 'e' }] }, 'query:\nq\n\ndocument:\nd\n\ndocument:\ne']
  ])('reads %j', (request, text) => {
    const prompt = read(request)
    expect(prompt && promptText(prompt)).toBe(text)
  })

  it('gives up on text that was cut or has another shape', () => {
    expect(readPrompt('{"messages":[{"role":"us')).toBeNull()
    expect(readPrompt('[1]')).toBeNull()
    expect(read({ data: 'x' })).toBeNull()
  })
})
