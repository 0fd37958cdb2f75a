import { describe, expect, it } from 'vitest'
import type { ContentPart, PromptMessage } from '../../spec/prompt.ts'
import { type ChatQuirks, commonQuirks } from './vendor.ts'
import { writeMessages } from './write-messages.ts'

const text = (value: string): ContentPart => ({ type: 'text', text: value })
const png: ContentPart = {
  type: 'image',
  source: { kind: 'base64', mediaType: 'image/png', data: 'iVBORw0=' }
}
const pngWire = { type: 'image_url', image_url: { url: 'data:image/png;base64,iVBORw0=' } }
const call = (id: string, more: object = {}): ContentPart => ({
  type: 'tool-call',
  id,
  name: 'look',
  arguments: '{"q":1}',
  ...more
})
const callWire = (id: string) => ({ id, type: 'function', function: { name: 'look', arguments: '{"q":1}' } })
const result = (callId: string, content: ContentPart[], isError = false): PromptMessage => ({
  role: 'tool',
  content: [{ type: 'tool-result', callId, content, isError }]
})
function written(messages: PromptMessage[], quirks: Partial<ChatQuirks> = {}) {
  const warnings = new Set<string>()
  return {
    messages: writeMessages(messages, { ...commonQuirks, ...quirks }, warnings),
    warnings: [...warnings]
  }
}
const user = (...content: ContentPart[]): PromptMessage => ({ role: 'user', content })
const assistant = (...content: ContentPart[]): PromptMessage => ({ role: 'assistant', content })
/** What one part becomes in a message of the user. */
const part = (of: ContentPart, quirks: Partial<ChatQuirks> = {}) => {
  const { messages, warnings } = written([user(of)], quirks)
  return { content: messages[0]?.content, warnings }
}

describe('what a user says', () => {
  it('is one text, its pieces set apart where nothing else does', () => {
    expect(part(text('Hi')).content).toBe('Hi')
    expect(written([user(text('One.'), text('Two.'))]).messages[0]?.content).toBe('One.\n\nTwo.')
    expect(written([user(text('One.\n'), text('Two.'))]).messages[0]?.content).toBe('One.\nTwo.')
  })

  it.each<[string, ContentPart, unknown, Partial<ChatQuirks>]>([
    ['a picture', png, [pngWire], {}],
    [
      'a picture at an address, in detail',
      { type: 'image', source: { kind: 'url', url: 'https://x.test/a.png' }, detail: 'high' },
      [{ type: 'image_url', image_url: { url: 'https://x.test/a.png', detail: 'high' } }],
      {}
    ],
    [
      'a PDF',
      {
        type: 'document',
        source: { kind: 'base64', mediaType: 'application/pdf', data: 'JVBERi0=' },
        name: 'a.pdf'
      },
      [{ type: 'file', file: { filename: 'a.pdf', file_data: 'data:application/pdf;base64,JVBERi0=' } }],
      {}
    ],
    [
      'a PDF for Mistral',
      { type: 'document', source: { kind: 'url', url: 'https://x.test/a.pdf' }, name: 'a.pdf' },
      [{ type: 'document_url', document_url: 'https://x.test/a.pdf', document_name: 'a.pdf' }],
      { documents: 'document_url' }
    ],
    [
      'an uploaded document',
      { type: 'document', source: { kind: 'file', id: 'file-1' } },
      [{ type: 'file', file: { file_id: 'file-1' } }],
      {}
    ],
    [
      'a text document as text, for whoever takes no documents',
      {
        type: 'document',
        source: { kind: 'base64', mediaType: 'text/plain', data: 'R3LDvMOfZQ==' },
        name: 'a.txt'
      },
      'a.txt:\n\nGrüße',
      { documents: 'none' }
    ],
    [
      'sound',
      { type: 'audio', source: { kind: 'base64', mediaType: 'audio/mpeg', data: 'SUQz' } },
      [{ type: 'input_audio', input_audio: { data: 'SUQz', format: 'mp3' } }],
      {}
    ],
    [
      'a breakpoint of the cache where it is known',
      { type: 'text', text: 'Long.', cache: '1h' },
      [{ type: 'text', text: 'Long.', cache_control: { type: 'ephemeral', ttl: '1h' } }],
      { cacheControl: true }
    ],
    ['no breakpoint elsewhere', { type: 'text', text: 'Long.', cache: '5m' }, 'Long.', {}]
  ])('can be %s', (_, of, expected, quirks) => {
    expect(part(of, quirks)).toEqual({ content: expected, warnings: [] })
  })

  it.each<[string, ContentPart, Partial<ChatQuirks>]>([
    [
      'an image_url was dropped',
      { type: 'image', source: { kind: 'url', url: 'https://x.test' } },
      { imageUrls: false }
    ],
    ['an image given by its file id was dropped', { type: 'image', source: { kind: 'file', id: 'f' } }, {}],
    [
      'a file was dropped',
      { type: 'document', source: { kind: 'url', url: 'https://x.test' } },
      { documents: 'none' }
    ],
    ['input_audio was dropped', { type: 'audio', source: { kind: 'url', url: 'https://x.test' } }, {}],
    ['message content of type video_url was dropped', { type: 'unsupported', kind: 'video_url' }, {}]
  ])('loses what cannot be carried, and says so: %s', (warning, of, quirks) => {
    expect(part(of, quirks)).toEqual({ content: '', warnings: [warning] })
  })
})

describe('what an assistant said', () => {
  const thought: ContentPart = {
    type: 'reasoning',
    text: 'Hm.',
    signature: { vendor: 'anthropic', value: 's' }
  }

  it('has null for a content of calls alone', () => {
    expect(written([assistant(call('a'), call('b'))]).messages).toEqual([
      { role: 'assistant', content: null, tool_calls: [callWire('a'), callWire('b')] }
    ])
  })

  it.each([
    ['', '{}'],
    ['{"a":', '{"invalid_json":"{\\"a\\":"}'],
    ['[1]', '{"invalid_json":"[1]"}'],
    ['{ "b": 1, "a": 2 }', '{ "b": 1, "a": 2 }']
  ])('writes arguments %j so that every server can parse them', (given, expected) => {
    expect(written([assistant(call('a', { arguments: given }))]).messages[0]?.tool_calls).toEqual([
      { id: 'a', type: 'function', function: { name: 'look', arguments: expected } }
    ])
  })

  it.each<[ChatQuirks['replay'], boolean, object]>([
    ['nothing', true, {}],
    ['reasoning_content', false, { reasoning_content: 'Hm.' }],
    ['with-tool-calls', true, { reasoning_content: 'Hm.' }],
    ['with-tool-calls', false, {}],
    [
      'reasoning_details',
      false,
      {
        reasoning_details: [
          { type: 'reasoning.text', text: 'Hm.', signature: 's', format: 'anthropic-claude-v1', index: 0 }
        ]
      }
    ]
  ])('gives back %s of its reasoning (with a tool call: %s)', (replay, withCall, expected) => {
    const said = withCall ? [thought, call('a')] : [thought, text('Yes.')]
    const [message] = written([assistant(...said)], { replay }).messages
    const { role, content, tool_calls, ...rest } = message ?? {}
    expect(rest).toEqual(expected)
  })

  it('gives a tool call’s signature back to Google, and to OpenRouter in its own way', () => {
    const signed = assistant(call('a', { signature: { vendor: 'google', value: 'g' } }))
    expect(written([signed], { replay: 'extra_content' }).messages[0]?.tool_calls).toEqual([
      { ...callWire('a'), extra_content: { google: { thought_signature: 'g' } } }
    ])
    expect(written([signed], { replay: 'reasoning_details' }).messages[0]?.reasoning_details).toEqual([
      { type: 'reasoning.encrypted', id: 'a', data: 'g', format: 'google-gemini-v1', index: 0 }
    ])
    expect(written([signed]).messages[0]?.tool_calls).toEqual([callWire('a')])
  })

  it('cannot hold pictures', () => {
    expect(written([assistant(text('See:'), png)])).toEqual({
      messages: [{ role: 'assistant', content: 'See:' }],
      warnings: ["the assistant's image was dropped"]
    })
  })
})

describe('what tools gave back', () => {
  it('is a message each, with its call’s id', () => {
    const both: PromptMessage = {
      role: 'tool',
      content: [...result('a', [text('1')]).content, ...result('b', [text('2')]).content]
    }
    expect(written([both]).messages).toEqual([
      { role: 'tool', tool_call_id: 'a', content: '1' },
      { role: 'tool', tool_call_id: 'b', content: '2' }
    ])
  })

  it.each([
    ['ENOENT', 'Error: ENOENT'],
    ['Error: ENOENT', 'Error: ENOENT'],
    ['', 'Error: the tool failed.']
  ])('says that it is an error: %j', (given, expected) => {
    expect(written([result('a', [text(given)], true)]).messages[0]?.content).toBe(expected)
  })

  it('shows pictures after the last result, before what the user says next', () => {
    const shown = [text('What the tool call a gave back:'), png]
    const before = [
      { role: 'tool', tool_call_id: 'a', content: 'See the next message.' },
      { role: 'tool', tool_call_id: 'b', content: '2' }
    ]
    const wire = [{ type: 'text', text: 'What the tool call a gave back:' }, pngWire]
    const results = [result('a', shown.slice(1)), result('b', [text('2')])]
    expect(written(results).messages).toEqual([...before, { role: 'user', content: wire }])
    expect(written([...results, user(text('And?'))]).messages).toEqual([
      ...before,
      { role: 'user', content: [...wire, { type: 'text', text: 'And?' }] }
    ])
    expect(written([...results, assistant(text('Nice.'))]).messages.slice(2)).toEqual([
      { role: 'user', content: wire },
      { role: 'assistant', content: 'Nice.' }
    ])
  })

  it('keeps pictures where they are for a vendor that takes them there', () => {
    expect(written([result('a', [text('Shot'), png])], { toolResultImages: true }).messages).toEqual([
      { role: 'tool', tool_call_id: 'a', content: [{ type: 'text', text: 'Shot' }, pngWire] }
    ])
  })
})
