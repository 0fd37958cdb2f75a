import { describe, expect, test } from 'vitest'
import { ToolCallStream } from './chat-tool-calls.ts'

describe('the calls a model writes', () => {
  const streamed = () => {
    const events: unknown[] = []
    const calls = new ToolCallStream({
      onToolCall: (index, name) => events.push([index, name]),
      onToolArguments: (index, text) => events.push([index, text])
    })
    const chunk = (callIndex: number, functionName: string, paramsChunk: string) =>
      calls.onChunk({ callIndex, functionName, paramsChunk, done: false })
    return { events, calls, chunk }
  }

  test('begin with their name, and go on as they are written, without the line breaks at their end', () => {
    const { events, calls, chunk } = streamed()
    for (const piece of ['{"a":', ' ', '1\n', '}', '\n\n', '\n\n']) chunk(0, 'one', piece)
    calls.onComplete('one')
    chunk(1, 'two', '{}')
    calls.onComplete('two')
    expect(events).toEqual([
      [0, 'one'],
      [0, '{"a":'],
      [0, ' 1'],
      [0, '\n}'],
      [1, 'two'],
      [1, '{}']
    ])
  })

  test('of tools without parameters have empty arguments', () => {
    const { events, calls } = streamed()
    calls.onComplete('now')
    calls.onComplete('now')
    expect(events).toEqual([
      [0, 'now'],
      [0, '{}'],
      [1, 'now'],
      [1, '{}']
    ])
  })
})
