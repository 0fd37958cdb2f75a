import { expect, test, vi } from 'vitest'
import { openTestStore, temporaryFolder } from '../store/store.test-support.ts'
import { openResponses } from './responses.ts'
import type { StoredResponse } from './stored-response.ts'

const DAY = 86_400_000
const noLogger = { error: vi.fn() }
const migrations = new URL('../store/migrations/', import.meta.url)

async function start(options: { folder?: string; now?: () => number } = {}) {
  const folder = options.folder ?? temporaryFolder()
  const store = await openTestStore(folder, migrations)
  const responses = openResponses({ store, logger: noLogger, ...(options.now && { now: options.now }) })
  /** Writes happen in order: when a later one is done, so are those before. */
  const written = () => responses.prune(0)
  return { folder, store, responses, written }
}

const turn = (id: string, previousId: string | null = null): StoredResponse => ({
  id,
  previousId,
  createdAt: 1,
  response: { id, output: [{ type: 'message', id: `msg_${id}`, content: [] }] },
  input: [{ type: 'message', id: `in_${id}`, role: 'user', content: `Question of ${id}` }]
})

test('a response is found at once, and after a restart', async () => {
  const first = await start()
  first.responses.keep('key', turn('resp_1'))
  expect(first.responses.find('key', 'resp_1')).toEqual(turn('resp_1'))
  await first.store.close()

  const second = await start({ folder: first.folder })
  expect(second.responses.find('key', 'resp_1')).toEqual(turn('resp_1'))
})

test('another key finds neither a response nor its items, written or not', async () => {
  const { responses, written } = await start()
  responses.keep('key', turn('resp_1'))
  for (const _ of ['being written', 'written']) {
    expect(responses.find('other', 'resp_1')).toBeNull()
    expect(responses.findItem('other', 'msg_resp_1')).toBeNull()
    expect(responses.conversation('other', 'resp_1')).toBeNull()
    expect(responses.belongsToAnother('other', 'resp_1')).toBe(true)
    expect(responses.belongsToAnother('key', 'resp_1')).toBe(false)
    await written()
  }
  expect(await responses.remove('other', 'resp_1')).toBe(false)
  expect(responses.find('key', 'resp_1')).not.toBeNull()
})

test('a conversation is its turns, oldest first', async () => {
  const { responses, written } = await start()
  responses.keep('key', turn('resp_1'))
  responses.keep('key', turn('resp_2', 'resp_1'))
  await written()
  responses.keep('key', turn('resp_3', 'resp_2'))
  const ids = responses.conversation('key', 'resp_3')?.map(({ id }) => id)
  expect(ids).toEqual(['resp_1', 'resp_2', 'resp_3'])
})

test('a conversation that lacks a turn, or goes round in circles, is none', async () => {
  const { responses } = await start()
  responses.keep('key', turn('resp_2', 'resp_1'))
  expect(responses.conversation('key', 'resp_2')).toBeNull()
  responses.keep('key', turn('resp_1', 'resp_2'))
  expect(responses.conversation('key', 'resp_2')).toBeNull()
})

test('items are found by their id, and go with their response', async () => {
  const { responses, written } = await start()
  responses.keep('key', turn('resp_1'))
  expect(responses.findItem('key', 'msg_resp_1')).toMatchObject({ type: 'message' })
  await written()
  expect(responses.findItem('key', 'msg_resp_1')).toMatchObject({ type: 'message' })
  expect(await responses.remove('key', 'resp_1')).toBe(true)
  expect(responses.findItem('key', 'msg_resp_1')).toBeNull()
  expect(responses.find('key', 'resp_1')).toBeNull()
  expect(await responses.remove('key', 'resp_1')).toBe(false)
})

test('an id that is taken keeps what it has', async () => {
  const { responses, written } = await start()
  responses.keep('key', turn('resp_1'))
  await written()
  responses.keep('other', { ...turn('resp_1'), response: { id: 'resp_1', output: [] } })
  await written()
  expect(responses.find('key', 'resp_1')).toEqual(turn('resp_1'))
})

test('conversations are dropped 30 days after their last turn, whole', async () => {
  let now = 0
  const { responses, written } = await start({ now: () => now })
  responses.keep('key', turn('resp_1'))
  responses.keep('key', turn('resp_alone'))
  await written()
  now = 20 * DAY
  responses.keep('key', turn('resp_2', 'resp_1'))
  await written()

  now = 31 * DAY
  expect(responses.find('key', 'resp_alone'), 'though not dropped yet').toBeNull()
  await responses.prune(now)
  expect(responses.conversation('key', 'resp_2')).toHaveLength(2)
  now = 51 * DAY
  await responses.prune(now)
  expect(responses.find('key', 'resp_2')).toBeNull()
  expect(responses.belongsToAnother('other', 'resp_2')).toBe(false)
})

test('a write that fails is logged, and the answer is not', async () => {
  const { store, responses } = await start()
  await store.close()
  responses.keep('key', turn('resp_1'))
  await vi.waitFor(() => expect(noLogger.error).toHaveBeenCalledOnce())
  expect(JSON.stringify(noLogger.error.mock.calls)).not.toContain('Question')
})
