import { expect, test } from 'vitest'
import type { Cost } from '../contract/usage.ts'
import type { BookedCall } from './booked-call.ts'
import { usageOf } from './costs.test-support.ts'
import { type WhatIfParts, whatIf } from './what-if.ts'

const call = (changed: Partial<BookedCall> = {}): BookedCall => ({
  traceId: 'a',
  startedAt: 0,
  callerKind: 'app-key',
  callerId: 'key-1',
  callerName: 'Editor',
  feature: null,
  project: null,
  session: null,
  dialect: 'openai-chat',
  model: 'fast',
  requestHash: new Uint8Array([1, 200, 3]),
  providerId: 'up',
  providerModel: 'gpt-4o',
  servedModel: null,
  status: 'ok',
  usage: usageOf({ noCache: 10, text: 5 }),
  cost: { kind: 'priced', nanoUsd: 1000, source: 's' },
  cache: null,
  savedNanoUsd: null,
  durationMs: 1,
  ...changed
})

const parts = (context: number | null = 1000): WhatIfParts => ({
  price: ({ providerId, model }, { input, output }, at): Cost =>
    `${providerId}:${model}` === 'other:m/1' && at === 7
      ? { kind: 'priced', nanoUsd: input.total * 3 + output.total * 20, source: 's' }
      : { kind: 'unknown' },
  onDeviceContext: () => context
})
async function* each(calls: readonly BookedCall[]): AsyncGenerator<BookedCall> {
  yield* calls
}

const refused = call({ status: 'error', usage: null, cost: { kind: 'unknown' } })
const hit = call({ cache: 'hit', cost: { kind: 'priced', nanoUsd: 0, source: 'cache' }, savedNanoUsd: 1000 })
const unreported = call({ status: 'cut', usage: null, cost: { kind: 'unknown' } })

test('prices the same tokens as another model would, and leaves out what nobody can compare', async () => {
  const calls = [
    call(),
    call({ usage: usageOf({ noCache: 100, text: 50 }), cost: { kind: 'priced', nanoUsd: 8, source: 's' } }),
    refused,
    hit,
    unreported,
    call({ cost: { kind: 'unknown' } }),
    call({ dialect: 'openai-embeddings' })
  ]
  expect(await whatIf(each(calls), { kind: 'model', model: 'other/m/1' }, parts(), 7)).toEqual({
    calls: 4,
    leftOut: 3,
    actualNanoUsd: 1008,
    otherwiseNanoUsd: 130 + 1300,
    note: expect.stringContaining('same tokens')
  })
})

test('a model without a price leaves out every call that would have asked it', async () => {
  const outcome = await whatIf(each([call(), hit]), { kind: 'model', model: 'other/unpriced' }, parts(), 7)
  expect(outcome).toMatchObject({ calls: 1, leftOut: 1, actualNanoUsd: 0, otherwiseNanoUsd: 0 })
})

test('on this machine chats of text cost nothing, as far as they fit', async () => {
  const image = {
    ...usageOf({ noCache: 10, text: 5 }),
    input: { ...usageOf({ noCache: 10 }).input, image: 9 }
  }
  const calls = [
    call(),
    call({ usage: usageOf({ noCache: 990, text: 11 }) }),
    call({ usage: image }),
    call({ dialect: 'openai-images' })
  ]
  expect(await whatIf(each(calls), { kind: 'on-device' }, parts(), 7)).toEqual({
    calls: 1,
    leftOut: 3,
    actualNanoUsd: 1000,
    otherwiseNanoUsd: 0,
    note: expect.stringContaining('1000 tokens')
  })
})

test('says that there is no model on this machine', async () => {
  const { note } = await whatIf(each([]), { kind: 'on-device' }, parts(null), 7)
  expect(note).toMatch(/no model on this machine/)
})

test('out of the cache a program’s repetition costs nothing once it was answered', async () => {
  const other = new Uint8Array([9])
  const calls = [
    call({ status: 'error' }),
    call(),
    call(),
    call({ callerId: 'key-2' }),
    call({ requestHash: other }),
    // the app's own chats mean it when they ask again
    call({ callerKind: 'app', callerId: 'chat', requestHash: null }),
    call({ requestHash: null })
  ]
  expect(await whatIf(each(calls), { kind: 'cached' }, parts(), 7)).toMatchObject({
    calls: 6,
    leftOut: 1,
    actualNanoUsd: 6000,
    otherwiseNanoUsd: 5000
  })
})
