import { expect, test } from 'vitest'
import { readKeyTests } from './key-tests.ts'

const works = { ok: true, message: 'Works. 2 models.', latencyMs: 20, models: ['a', 'b'] }
const fails = (message: string) => ({ ok: false, message, latencyMs: null, models: [] })

test('one key has no place to be named by', () => {
  expect(readKeyTests([works])).toEqual({ test: works, problem: null })
  const refused = fails('It was refused.')
  expect(readKeyTests([refused])).toEqual({ test: refused, problem: 'It was refused.' })
})

test('the models come from a key that works, and those that do not are named by their places', () => {
  const problem = 'Key 1 of 3: It was refused. Key 3 of 3: It has no credit.'
  expect(readKeyTests([fails('It was refused.'), works, fails('It has no credit.')])).toEqual({
    test: { ...works, message: `Works. 2 models. ${problem}` },
    problem
  })
})

test('when none works, what is wrong with all of them is said once', () => {
  const problem = 'None of the 2 keys works. example.com did not answer.'
  const silent = fails('example.com did not answer.')
  expect(readKeyTests([silent, silent])).toEqual({ test: fails(problem), problem })
  const different = readKeyTests([fails('One.'), fails('Two.')])
  expect(different.test).toEqual(fails('Key 1 of 2: One. Key 2 of 2: Two.'))
})

test('when all work, that is said', () => {
  expect(readKeyTests([works, works]).test.message).toBe('Works. 2 models. All 2 keys work.')
})
