import { expect, onTestFinished, test } from 'vitest'
import { jsonExport, jsonSpan, protobufExport, protobufSpan } from './receive.test-support.ts'
import { readSpans } from './receive-spans.ts'
import { createSpanReader } from './receive-worker.ts'

function open() {
  const reader = createSpanReader()
  onTestFinished(() => reader.close())
  return reader
}

test('gives what is read on this thread, whichever encoding it comes in', async () => {
  const reader = open()
  const json = { body: jsonExport(jsonSpan()), encoding: 'json', withTexts: true } as const
  const protobuf = { body: protobufExport(protobufSpan()), encoding: 'protobuf', withTexts: true } as const
  expect(await Promise.all([reader.read(json), reader.read(protobuf)])).toEqual([
    readSpans(json),
    readSpans(protobuf)
  ])
})

test('refuses what is malformed, and goes on', async () => {
  const reader = open()
  const bad = { body: jsonExport(jsonSpan({ traceId: 'x' })), encoding: 'json', withTexts: true } as const
  await expect(reader.read(bad)).rejects.toMatchObject({
    code: 'bad-request',
    message: expect.stringContaining('trace id')
  })
  expect(await reader.read({ ...bad, body: Buffer.from('{}') })).toEqual({ spans: [], untimed: 0 })
})

test('fails exports under way when it is closed, and takes no more', async () => {
  const reader = open()
  const sent = { body: jsonExport(jsonSpan()), encoding: 'json', withTexts: true } as const
  const underWay = reader.read(sent)
  const failure = expect(underWay).rejects.toMatchObject({ code: 'unavailable' })
  await reader.close()
  await failure
  await expect(reader.read(sent)).rejects.toMatchObject({ code: 'unavailable' })
})
