import { expect, test } from 'vitest'
import { seededRandom } from '../../retrieval/vectors/vectors.test-support.ts'
import { temporaryFolder } from '../../store/store.test-support.ts'
import { indexUnderKills } from './kills.test-support.ts'

test('an index whose making was killed again and again is as one made at once', {
  timeout: 120_000
}, async () => {
  const folder = temporaryFolder()
  const result = await indexUnderKills({ folder, kills: 8, notes: 120, random: seededRandom(7) })
  expect(result).toEqual({ killed: 8, isEqual: true })
})
