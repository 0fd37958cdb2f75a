import { expect, test } from 'vitest'
import { ReadingOrder } from './reading-order.ts'

const file = (path: string, modifiedAt: number) => ({
  path,
  diskPath: path,
  bytes: 1,
  modifiedAt,
  createdAt: null
})

test('gives what changed last first, and what much links to before it', () => {
  const order = new ReadingOrder()
  order.add([file('Old.md', 1), file('Hub.md', 2), file('New.md', 9)])
  for (let note = 0; note < 3; note++) order.linked(['Folder/Hub', 'hub'])
  expect([order.take()?.path, order.take()?.path, order.take()?.path, order.take()]).toEqual([
    'Hub.md',
    'New.md',
    'Old.md',
    null
  ])
})

test('gives a file once, as it was added last, and none that was taken out', () => {
  const order = new ReadingOrder()
  order.add([file('A.md', 1), file('B.md', 2)])
  order.add([file('A.md', 3)])
  order.delete('B.md')
  expect([order.size, order.take()?.modifiedAt, order.take()]).toEqual([1, 3, null])
})
