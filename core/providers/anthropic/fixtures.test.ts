import { readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, it } from 'vitest'
import { asObject, parseJson } from '../shared/json.ts'
import { createSseParser } from '../shared/sse.ts'
import type { ChatPart } from '../spec/chat.ts'
import { MessageEventReader } from './event-reader.ts'
import { readMessage } from './read-message.ts'

const folder = join(import.meta.dirname, '__fixtures__')
const read = (name: string) => readFileSync(join(folder, name), 'utf8')
const cases = readdirSync(folder).flatMap((file) => file.match(/^(.+)\.sse$/)?.[1] ?? [])

/** The parts of a stream, from bytes cut into pieces of a size. */
function streamed(text: string, size: number): ChatPart[] {
  const bytes = Buffer.from(text)
  const parser = createSseParser()
  const reader = new MessageEventReader('api.anthropic.com', null)
  const parts: ChatPart[] = []
  for (let at = 0; at < bytes.length; at += size) {
    for (const { data } of parser.push(bytes.subarray(at, at + size))) {
      parts.push(...reader.read(asObject(parseJson(data)) ?? {}))
    }
  }
  expect(reader.done).toBe(true)
  return parts
}

/** What an answer comes to. */
function summaryOf(parts: ChatPart[]) {
  const textOf = (type: 'text-delta' | 'reasoning-delta') =>
    parts.map((part) => (part.type === type && 'text' in part ? part.text : '')).join('')
  const last = <T extends ChatPart['type']>(type: T) =>
    parts.findLast((part): part is Extract<ChatPart, { type: T }> => part.type === type)
  const toolCalls = parts.flatMap((part) =>
    part.type === 'tool-call-start'
      ? { id: part.id, name: part.name, arguments: argumentsOf(parts, part.index) }
      : []
  )
  const signatures = parts.flatMap((part) =>
    part.type === 'reasoning-signature' ? part.signature.value : []
  )
  return {
    text: textOf('text-delta'),
    reasoning: textOf('reasoning-delta'),
    finish: last('finish')?.reason,
    servedModel: last('served-model')?.model,
    usage: last('usage')?.usage,
    ...(toolCalls.length > 0 && { toolCalls }),
    ...(signatures.length > 0 && { signatures })
  }
}

const argumentsOf = (parts: ChatPart[], index: number): string =>
  parts
    .map((part) => (part.type === 'tool-call-delta' && part.index === index ? part.arguments : ''))
    .join('')

describe.each(cases)('%s', (name) => {
  const expected: unknown = JSON.parse(read(`${name}.expected.json`))

  it('is read from a plain body, which is handed on as it came', () => {
    const event = readMessage(read(`${name}.json`), 'api.anthropic.com', null)
    expect(summaryOf(event.parts)).toEqual(expected)
    expect(event.wire).toBe(read(`${name}.json`))
  })

  it.each([1, 17, 4096])('is read from a stream in pieces of %i bytes', (size) => {
    expect(summaryOf(streamed(read(`${name}.sse`), size))).toEqual(expected)
  })
})

it('says which stop sequence ended an answer', () => {
  const finish = { type: 'finish', reason: 'stop', stopSequence: '4' }
  expect(readMessage(read('stop-sequence.json'), 'h', null).parts).toContainEqual(finish)
  expect(streamed(read('stop-sequence.sse'), 100)).toContainEqual(finish)
})

it('counts the prompt from the first event on, as a stopped stream is paid for too', () => {
  const [first] = read('cache.sse').split('\n\n')
  const reader = new MessageEventReader('h', null)
  const parts = reader.read(asObject(parseJson(first?.split('data: ')[1] ?? '')) ?? {})
  expect(parts.find(({ type }) => type === 'usage')).toMatchObject({
    usage: { input: { noCache: 21, cacheRead: 188_086, cacheWrite5m: 1200, cacheWrite1h: 4096 } }
  })
})
