import { expect, test } from 'vitest'
import { settingsSchema } from '../contract/settings.ts'
import {
  migrationsOf,
  openTestStore,
  settingsAndAccessTables,
  temporaryFolder
} from '../store/store.test-support.ts'
import { openSettings } from './settings.ts'

const openStoreIn = (dataDir: string) => openTestStore(dataDir, migrationsOf(settingsAndAccessTables))

test('has the defaults of the contract until something is changed', async () => {
  const store = await openStoreIn(temporaryFolder())
  expect(openSettings(store).get()).toEqual(settingsSchema.parse({}))
})

test('a change is kept over a restart, and leaves the others alone', async () => {
  const folder = temporaryFolder()
  const store = await openStoreIn(folder)
  const settings = openSettings(store)
  await settings.patch({ appearance: 'dark', defaultModel: 'a/b' })
  await settings.patch({ defaultModel: null, recordBodies: false })
  const expected = { ...settingsSchema.parse({}), appearance: 'dark', recordBodies: false }
  expect(settings.get()).toEqual(expected)
  await store.close()
  expect(openSettings(await openStoreIn(folder)).get()).toEqual(expected)
})

test('two changes at once are both kept', async () => {
  const store = await openStoreIn(temporaryFolder())
  const settings = openSettings(store)
  await Promise.all([settings.patch({ appearance: 'light' }), settings.patch({ onboardingDone: true })])
  expect(settings.get()).toMatchObject({ appearance: 'light', onboardingDone: true })
})

test.each([{ appearance: 'pink' }, { unknown: 1 }, { quickPromptShortcut: '' }, { recordBodies: 'yes' }])(
  'refuses %j and changes nothing',
  async (change) => {
    const store = await openStoreIn(temporaryFolder())
    const settings = openSettings(store)
    // as it comes over the wire
    const wrong = JSON.parse(JSON.stringify({ ...change, onboardingDone: true }))
    await expect(settings.patch(wrong)).rejects.toMatchObject({ code: 'bad-request' })
    expect(settings.get()).toEqual(settingsSchema.parse({}))
  }
)

test('tells listeners of a change until they stop listening', async () => {
  const store = await openStoreIn(temporaryFolder())
  const settings = openSettings(store)
  const heard: string[] = []
  const stop = settings.onChange((now) => heard.push(now.appearance))
  await settings.patch({ appearance: 'dark' })
  stop()
  await settings.patch({ appearance: 'light' })
  expect(heard).toEqual(['dark'])
})

test('a stored value that this version does not know counts as not chosen', async () => {
  const store = await openStoreIn(temporaryFolder())
  const sql = 'INSERT INTO settings (name, value) VALUES (?, ?)'
  await store.write('homeport', [
    { sql, params: ['appearance', '"sepia"'] },
    { sql, params: ['onboardingDone', 'tru'] },
    { sql, params: ['fromTheFuture', '1'] },
    { sql, params: ['recordBodies', 'false'] }
  ])
  expect(openSettings(store).get()).toEqual({ ...settingsSchema.parse({}), recordBodies: false })
})
