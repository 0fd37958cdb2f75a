import { describe, expect, it } from 'vitest'
import { createSseParser, type SseEvent } from './sse.ts'

const parse = (chunks: (string | Uint8Array)[], maxChars?: number): SseEvent[] => {
  const parser = createSseParser(maxChars)
  const events = chunks.flatMap((chunk) =>
    parser.push(typeof chunk === 'string' ? Buffer.from(chunk) : chunk)
  )
  return [...events, ...parser.end()]
}
const data = (...payloads: string[]) => payloads.map((payload) => ({ event: '', data: payload }))

describe('createSseParser', () => {
  it.each([
    ['one event', 'data: a\n\n', data('a')],
    ['several events of one chunk', 'data: a\n\ndata: b\n\n', data('a', 'b')],
    ['no space after the colon', 'data:a\n\n', data('a')],
    ['only the first space as a separator', 'data:  a\n\n', data(' a')],
    ['data over several lines', 'data: a\ndata: b\n\n', data('a\nb')],
    ['CRLF', 'data: a\r\n\r\ndata: b\r\n\r\n', data('a', 'b')],
    ['CR alone', 'data: a\r\rdata: b\r\r', data('a', 'b')],
    ['comments between events', ': OPENROUTER PROCESSING\n\ndata: a\n\n:\n', data('a')],
    [
      'the name of an event',
      'event: error\ndata: a\n\ndata: b\n\n',
      [{ event: 'error', data: 'a' }, ...data('b')]
    ],
    ['no event without data', 'event: ping\n\nid: 1\nretry: 5\n\n', []],
    ['no field that merely begins like data', 'database: a\ndat: b\n\n', []],
    ['an empty payload', 'data\n\ndata:\n\n', data('', '')],
    ['a byte order mark before all else', '\uFEFFdata: a\n\n', data('a')],
    ['a last event without its blank line', 'data: a\n\ndata: [DONE]', data('a', '[DONE]')]
  ])('reads %s, however the bytes are cut', (_, text, expected) => {
    expect(parse([text])).toEqual(expected)
    const bytes = Buffer.from(text)
    expect(parse([...bytes].map((byte) => Uint8Array.of(byte)))).toEqual(expected)
    for (let cut = 1; cut < bytes.length; cut++) {
      expect(parse([bytes.subarray(0, cut), bytes.subarray(cut)])).toEqual(expected)
    }
  })

  it('joins characters that are split over chunks', () => {
    const bytes = Buffer.from('data: grün 😀\n\n')
    for (let cut = 1; cut < bytes.length; cut++) {
      expect(parse([bytes.subarray(0, cut), bytes.subarray(cut)])).toEqual(data('grün 😀'))
    }
  })

  it('gives out an event as soon as its blank line is there', () => {
    const parser = createSseParser()
    expect(parser.push(Buffer.from('data: a\n'))).toEqual([])
    expect(parser.push(Buffer.from('\ndata: b'))).toEqual(data('a'))
  })

  it('replaces bytes that are not UTF-8', () => {
    expect(parse([Uint8Array.of(...Buffer.from('data: '), 0xff, 0xc3, 0x0a, 0x0a)])).toEqual(
      data('\uFFFD\uFFFD')
    )
  })

  it.each([
    ['a line without end', Array<string>(50).fill('data: xxxxxxxxxxxxxxxxxx')],
    ['an event of endless lines', Array<string>(50).fill('data: xxxxxxxxxxxxxxxxxx\n')],
    ['a comment without end', [':', ...Array<string>(50).fill('xxxxxxxxxxxxxxxxxxxx')]]
  ])('refuses %s', (_, chunks) => {
    expect(() => parse(chunks, 500)).toThrow(/too large/)
  })
})
