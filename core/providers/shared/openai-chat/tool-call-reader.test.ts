import { describe, expect, it } from 'vitest'
import type { ChatPart } from '../../spec/chat.ts'
import { ToolCallReader } from './tool-call-reader.ts'

/** The calls that come out, each with its id, name and whole arguments, in the order of their indices. */
function callsOf(messages: object[], { isWhole = false } = {}) {
  const reader = new ToolCallReader()
  const parts: ChatPart[] = []
  for (const message of messages) reader.read({ ...message }, isWhole, () => null, parts)
  const calls: { id: string; name: string; arguments: string }[] = []
  for (const part of parts) {
    if (part.type === 'tool-call-start') {
      expect(part.index).toBe(calls.length)
      calls.push({ id: part.id, name: part.name, arguments: '' })
    } else if (part.type === 'tool-call-delta') {
      const call = calls[part.index]
      if (!call) throw new Error('a delta came before its start')
      call.arguments += part.arguments
    }
  }
  return calls
}
const delta = (...calls: object[]) => ({ tool_calls: calls })
const fn = (name: string | undefined, text: unknown) => ({ function: { name, arguments: text } })
const two = [
  { id: 'a', name: 'add', arguments: '{"x":1}' },
  { id: 'b', name: 'sub', arguments: '{"y":2}' }
]
const generated = expect.stringMatching(/^call_.{10,}/)

describe('calls in a stream', () => {
  it.each<[string, object[]]>([
    [
      'as OpenAI sends them',
      [
        delta({ index: 0, id: 'a', type: 'function', ...fn('add', '') }),
        delta({ index: 0, ...fn(undefined, '{"x"') }),
        delta({ index: 0, ...fn(undefined, ':1}') }),
        delta({ index: 1, id: 'b', type: 'function', ...fn('sub', '') }),
        delta({ index: 1, ...fn(undefined, '{"y":2}') })
      ]
    ],
    [
      'with their pieces mixed',
      [
        delta({ index: 0, id: 'a', ...fn('add', '') }, { index: 1, id: 'b', ...fn('sub', '{"y"') }),
        delta({ index: 1, ...fn(undefined, ':2}') }, { index: 0, ...fn(undefined, '{"x":1}') })
      ]
    ],
    [
      'with id and name in every delta',
      [
        delta({ index: 0, id: 'a', ...fn('add', '{"x"') }),
        delta({ index: 0, id: 'a', ...fn('add', ':1}') }),
        delta({ index: 1, id: 'b', ...fn('sub', '{"y":2}') })
      ]
    ],
    [
      'all counted as 0',
      [
        delta({ index: 0, id: 'a', ...fn('add', '{"x":1}') }),
        delta({ index: 0, id: 'b', ...fn('sub', '{"y":') }),
        delta({ index: 0, ...fn(undefined, '2}') })
      ]
    ],
    [
      'not counted at all',
      [
        delta({ id: 'a', ...fn('add', '{"x":1}') }, { id: 'b', ...fn('sub', '{"y":') }),
        delta({ id: 'b', ...fn(undefined, '2}') })
      ]
    ],
    [
      'not counted, with the pieces nameless',
      [
        delta({ id: 'a', ...fn('add', '') }),
        delta(fn(undefined, '{"x":1}')),
        delta({ id: 'b', ...fn('sub', '{"y":') }),
        delta({ id: '', ...fn('', '2}') })
      ]
    ],
    [
      'with an object for arguments',
      [delta({ index: 0, id: 'a', ...fn('add', { x: 1 }) }, { index: 1, id: 'b', ...fn('sub', { y: 2 }) })]
    ],
    [
      'counted from 1, with a name that comes late',
      [
        delta({ index: 1, id: 'a', ...fn(undefined, '{"x"') }),
        delta({ index: 1, ...fn('add', ':1}') }),
        delta({ index: 2, id: 'b', ...fn('sub', '{"y":2}') })
      ]
    ]
  ])('are told apart %s', (_, deltas) => {
    expect(callsOf(deltas)).toEqual(two)
  })

  it('get an id where there is none, and never the same', () => {
    const calls = callsOf([
      delta({ index: 0, ...fn('add', '{}') }),
      delta({ index: 1, id: '', ...fn('add', '{}') })
    ])
    expect(calls.map(({ id }) => id)).toEqual([generated, generated])
    expect(calls[0]?.id).not.toBe(calls[1]?.id)
  })

  it('of one name in one delta, without id and count, are two', () => {
    expect(callsOf([delta(fn('add', '{"x":1}'), fn('add', '{"x":2}'))])).toMatchObject([
      { id: generated, arguments: '{"x":1}' },
      { id: generated, arguments: '{"x":2}' }
    ])
  })

  it('may be one function call, as before there were tools', () => {
    expect(
      callsOf([{ function_call: { name: 'add', arguments: '' } }, { function_call: { arguments: '{}' } }])
    ).toEqual([{ id: generated, name: 'add', arguments: '{}' }])
  })

  it('are none in what is no call', () => {
    expect(callsOf([{ tool_calls: 'x' }, { tool_calls: [null, 3, {}, { function: 'x' }] }])).toEqual([])
  })
})

describe('calls of a plain answer', () => {
  it('are one for each entry, even of one id', () => {
    const repeated = { id: 'a', ...fn('add', '{"x":1}') }
    expect(callsOf([delta(repeated, repeated)], { isWhole: true })).toEqual([
      { id: 'a', name: 'add', arguments: '{"x":1}' },
      { id: generated, name: 'add', arguments: '{"x":1}' }
    ])
  })
})

it('reads Google’s signature with the call', () => {
  const parts: ChatPart[] = []
  const wire = { id: 'a', ...fn('add', '{}'), extra_content: { google: { thought_signature: 'g' } } }
  new ToolCallReader().read({ tool_calls: [wire] }, true, () => null, parts)
  expect(parts[0]).toMatchObject({ signature: { vendor: 'google', value: 'g' } })
})
