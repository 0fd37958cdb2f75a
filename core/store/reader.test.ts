import { expect, test } from 'vitest'
import { migrationsOf, openTestStore, temporaryFolder } from './store.test-support.ts'

test('rows, one row and the values of a column are read with the same text in any order', async () => {
  const { homeport } = await openTestStore(
    temporaryFolder(),
    migrationsOf("CREATE TABLE words (word TEXT) STRICT; INSERT INTO words VALUES ('port'), ('home')")
  )
  const sql = 'SELECT word FROM words ORDER BY word'
  expect(homeport.values<string>(sql)).toEqual(['home', 'port'])
  expect(homeport.all(sql)).toEqual([{ word: 'home' }, { word: 'port' }])
  expect(homeport.values<string>(sql)).toEqual(['home', 'port'])
  expect(homeport.get(sql)).toEqual({ word: 'home' })
})
