import { expect, test } from 'vitest'
import type { CallInput } from './context.ts'
import {
  eventsOf,
  finish,
  inputOf,
  pipelineTo,
  providerOf,
  readText,
  settled,
  text
} from './pipeline.test-support.ts'

const usage = {
  input: { total: 30, noCache: 10, cacheRead: 20, cacheWrite5m: 0, cacheWrite1h: 0 },
  output: { total: 4, text: 4, reasoning: 0 }
}
const answer = eventsOf(text('Hi'), { parts: [{ type: 'usage', usage }] }, finish)

/** What is booked for a call whose tokens cost 10 each, those out of the vendor's cache 1. */
async function booked(changed: Partial<CallInput>) {
  const { pipeline, entries } = pipelineTo(providerOf(answer), {
    price: (_pricing, _model, used) => ({
      kind: 'priced',
      nanoUsd: (used?.input.noCache ?? 0) * 10 + (used?.input.cacheRead ?? 0),
      source: 'test'
    })
  })
  await readText((await pipeline.call(inputOf(changed))).events)
  await settled()
  const [entry] = entries
  if (!entry) throw new Error('nothing was booked')
  return entry
}

test('a call is booked under the name its caller had, with what the client said of it', async () => {
  const labels = { feature: 'titles', project: 'site', session: 'talk', tags: ['a'] }
  expect(await booked({ labels })).toMatchObject({
    caller: { kind: 'app-key', id: 'key-1', name: 'Editor' },
    labels: { feature: 'titles', project: 'site', session: 'talk' }
  })
  expect((await booked({})).labels).toEqual({ feature: null, project: null, session: null })
})

test('what the vendor’s prompt cache spared is booked', async () => {
  expect((await booked({})).promptCacheSavedNanoUsd).toBe(20 * 9)
})

test('a repeated request has the same fingerprint, another one has another, the app’s own has none', async () => {
  const [first, again] = [await booked({}), await booked({})]
  const { wire } = inputOf()
  const other = wire && { ...wire, body: Buffer.from('{"other":1}') }
  expect(first.requestHash).toHaveLength(16)
  expect(again.requestHash).toEqual(first.requestHash)
  expect((await booked({ wire: other })).requestHash).not.toEqual(first.requestHash)
  expect((await booked({ wire: null })).requestHash).toBeNull()
})
