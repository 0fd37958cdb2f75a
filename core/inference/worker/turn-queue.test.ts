import { describe, expect, test } from 'vitest'
import { TurnQueue } from './turn-queue.ts'

interface Item {
  owner: string
  name: string
}
const item = (name: string): Item => ({ owner: name.slice(0, 1), name })
const any = () => true

function queueOf(...names: string[]): TurnQueue<Item> {
  const queue = new TurnQueue<Item>()
  for (const name of names) queue.add(item(name))
  return queue
}
function drain(queue: TurnQueue<Item>): string[] {
  const names: string[] = []
  for (let next = queue.take(any); next !== undefined; next = queue.take(any)) names.push(next.name)
  return names
}

describe('a queue with turns', () => {
  test('lets owners take turns, and keeps the order of each', () => {
    expect(drain(queueOf('a1', 'a2', 'a3', 'a4', 'b1', 'b2', 'c1'))).toEqual([
      ...['a1', 'b1', 'c1'],
      ...['a2', 'b2'],
      ...['a3', 'a4']
    ])
  })

  test('serves one who comes late after one more of the many of another', () => {
    const queue = queueOf('a1', 'a2', 'a3', 'a4')
    expect(queue.take(any)?.name).toBe('a1')
    queue.add(item('b1'))
    expect(drain(queue)).toEqual(['a2', 'b1', 'a3', 'a4'])
  })

  test('passes over what is not wanted, and leaves it where it was', () => {
    const queue = queueOf('a1', 'a2', 'b1')
    expect(queue.take(({ name }) => name !== 'a1')?.name).toBe('a2')
    expect(queue.take(({ name }) => name === 'c1')).toBeUndefined()
    expect(queue.size).toBe(2)
    expect(drain(queue)).toEqual(['b1', 'a1'])
  })

  test('forgets what is removed', () => {
    const queue = new TurnQueue<Item>()
    const items = [item('a1'), item('a2'), item('b1')]
    for (const one of items) queue.add(one)
    for (const one of items.slice(1)) queue.remove(one)
    expect([...queue].map(({ name }) => name)).toEqual(['a1'])
    queue.remove(item('a1'))
    expect(queue.size).toBe(1)
  })
})
