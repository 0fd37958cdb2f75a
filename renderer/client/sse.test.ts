import { describe, expect, it } from 'vitest'
import { readSse, SseParser } from './sse.ts'

describe('SseParser', () => {
  it('joins a message split in the middle of a line', () => {
    const parser = new SseParser()
    expect(parser.push('id: e-1\nda')).toEqual([])
    expect(parser.push('ta: {"a":1}\n')).toEqual([])
    expect(parser.push('\n')).toEqual([{ id: 'e-1', data: '{"a":1}' }])
  })

  it('treats a CRLF cut between pieces as one line end', () => {
    const parser = new SseParser()
    expect(parser.push('data: x\r')).toEqual([])
    expect(parser.push('\n\r\n')).toEqual([{ id: '', data: 'x' }])
  })

  it('joins several data lines and ignores comments and unknown fields', () => {
    const parser = new SseParser()
    expect(parser.push(': ping\nevent: run\nretry: 1\ndata: a\ndata:b\n\n')).toEqual([
      { id: '', data: 'a\nb' }
    ])
  })

  it('hands on an id that comes without data', () => {
    expect(new SseParser().push('id: e-9\n\n')).toEqual([{ id: 'e-9', data: '' }])
  })

  it('keeps the last id for messages that bring none', () => {
    const parser = new SseParser()
    expect(parser.push('id: 7\ndata: a\n\ndata: b\n\n')).toEqual([
      { id: '7', data: 'a' },
      { id: '7', data: 'b' }
    ])
  })
})

describe('readSse', () => {
  it('decodes characters cut between chunks', async () => {
    const bytes = new TextEncoder().encode('data: é\n\n')
    const body = new ReadableStream<Uint8Array>({
      start(controller) {
        controller.enqueue(bytes.slice(0, 7))
        controller.enqueue(bytes.slice(7))
        controller.close()
      }
    })
    const data: string[] = []
    for await (const message of readSse(body)) data.push(message.data)
    expect(data).toEqual(['é'])
  })
})
