import { expect, test } from 'vitest'
import { silentLogger } from '../lib/logger.ts'
import { migrationsFolder } from '../store/migration-files.ts'
import { openTestStore, temporaryFolder } from '../store/store.test-support.ts'
import { openReasoningMemory } from './reasoning-memory.ts'
import type { Thought } from './thought.ts'

const DAY = 86_400_000
const thoughtOf = (text: string): Thought => ({
  beforeText: true,
  reasoning: [
    { type: 'reasoning', text, signature: { vendor: 'anthropic', value: 'c2ln' } },
    { type: 'reasoning', text: '', signature: { vendor: 'anthropic', value: 'xyz' }, redacted: true },
    { type: 'reasoning', text: 'unsigned' }
  ],
  callSignature: { vendor: 'google', value: 'abc' }
})

async function open() {
  const store = await openTestStore(temporaryFolder(), migrationsFolder)
  let now = 1_800_000_000_000
  const reopen = () => openReasoningMemory({ store, logger: silentLogger, now: () => now })
  const written = () => store.write('homeport', [])
  return { reopen, memory: reopen(), written, pass: (ms: number) => (now += ms), now: () => now }
}

test('finds what was kept at once, when it is written, and after a restart', async () => {
  const { memory, reopen, written } = await open()
  memory.keep([
    { anchor: 'a', thought: thoughtOf('Hm.') },
    { anchor: 'b', thought: thoughtOf('So.') }
  ])
  const all = new Map([
    ['a', thoughtOf('Hm.')],
    ['b', thoughtOf('So.')]
  ])
  expect(memory.find(['a', 'b', 'c'])).toEqual(all)
  await written()
  expect(memory.find(['a', 'b', 'c'])).toEqual(all)
  expect(reopen().find(['b'])).toEqual(new Map([['b', thoughtOf('So.')]]))
})

test('the newest thought of an anchor counts', async () => {
  const { memory, written } = await open()
  memory.keep([{ anchor: 'a', thought: thoughtOf('old') }])
  memory.keep([{ anchor: 'a', thought: thoughtOf('new') }])
  expect(memory.find(['a']).get('a')).toEqual(thoughtOf('new'))
  await written()
  expect(memory.find(['a']).get('a')).toEqual(thoughtOf('new'))
})

test('forgets what is older than a week', async () => {
  const { memory, written, pass, now } = await open()
  memory.keep([{ anchor: 'a', thought: thoughtOf('a') }])
  pass(6 * DAY)
  memory.keep([{ anchor: 'b', thought: thoughtOf('b') }])
  await written()
  await memory.prune(now())
  expect([...memory.find(['a', 'b']).keys()]).toEqual(['a', 'b'])
  pass(DAY + 1)
  await memory.prune(now())
  expect([...memory.find(['a', 'b']).keys()]).toEqual(['b'])
})

test('of more than 64 MB forgets the oldest', async () => {
  const { memory, written, pass, now } = await open()
  const large = (): Thought =>
    thoughtOf(Buffer.from(crypto.getRandomValues(new Uint8Array(60_000))).toString('base64'))
  const anchors = Array.from({ length: 1100 }, (_, index) => `a${index}`)
  for (const anchor of anchors) {
    pass(1)
    memory.keep([{ anchor, thought: large() }])
  }
  await written()
  await memory.prune(now())
  const kept = [...memory.find(anchors).keys()].sort()
  expect(kept.length).toBeLessThan(1100)
  expect(kept.length).toBeGreaterThan(900)
  expect(memory.find(['a0']).size).toBe(0)
  expect(memory.find(['a1099']).size).toBe(1)
})
