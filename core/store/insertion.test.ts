import { expect, test } from 'vitest'
import { insertion } from './insertion.ts'
import { migrationsOf, openTestStore, temporaryFolder } from './store.test-support.ts'

test('what seldom has a value is left out where it has none, and all of it is written where any has one', async () => {
  const store = await openTestStore(
    temporaryFolder(),
    migrationsOf('CREATE TABLE calls (id INTEGER PRIMARY KEY, cache TEXT, tier TEXT) STRICT')
  )
  const insert = insertion<{ id: number; cache: string | null; tier: string | null }>(
    'calls',
    { id: ({ id }) => id },
    { cache: ({ cache }) => cache, tier: ({ tier }) => tier }
  )
  const rows = [
    { id: 1, cache: null, tier: null },
    { id: 2, cache: null, tier: 'flex' },
    { id: 3, cache: 'hit', tier: null }
  ]
  expect(rows.map((row) => insert(row).params?.length)).toEqual([1, 3, 3])
  await store.write('homeport', rows.map(insert))
  expect(store.homeport.all('SELECT id, cache, tier FROM calls')).toEqual(rows)
})
