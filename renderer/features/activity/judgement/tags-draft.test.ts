import { expect, it } from 'vitest'
import { withTags } from './tags-draft.ts'

it('adds tags in their order, each once', () => {
  expect(withTags(['a'], ' b, a ,, c ')).toEqual({ tags: ['a', 'b', 'c'] })
  expect(withTags(['a'], '  ')).toEqual({ tags: ['a'] })
})

it('says why tags cannot be added', () => {
  expect(withTags([], 'x'.repeat(81))).toEqual({ problem: 'A tag may have 80 characters.' })
  const many = Array.from({ length: 20 }, (_, index) => `t${index}`)
  expect(withTags(many, 'one more')).toEqual({ problem: 'A call may have 20 tags.' })
  expect(withTags(many, 't3')).toEqual({ tags: many })
})
