import { describe, expect, test } from 'vitest'
import { EventQueue } from './event-queue.ts'

describe('an event queue', () => {
  const read = async (queue: EventQueue<number>, into: number[]) => {
    for await (const value of queue) into.push(value)
  }

  test('hands on what was pushed before and while it is read', async () => {
    const seen: number[] = []
    const queue = new EventQueue<number>(() => {})
    queue.push(1)
    const reading = read(queue, seen)
    await Promise.resolve()
    queue.push(2)
    queue.push(3)
    queue.finish()
    queue.push(4)
    await reading
    expect(seen).toEqual([1, 2, 3])
  })

  test('throws its error after what came before it', async () => {
    const seen: number[] = []
    const queue = new EventQueue<number>(() => {})
    queue.push(1)
    queue.fail(new Error('broke off'))
    await expect(read(queue, seen)).rejects.toThrow('broke off')
    expect(seen).toEqual([1])
  })

  test('notices a reader that leaves early, and only that', async () => {
    let abandoned = 0
    const queue = new EventQueue<number>(() => {
      abandoned += 1
    })
    queue.push(1)
    for await (const _ of queue) break
    expect(abandoned).toBe(1)
    const finished = new EventQueue<number>(() => {
      abandoned += 1
    })
    finished.finish()
    await read(finished, [])
    expect(abandoned).toBe(1)
  })
})
