import { expect, test } from 'vitest'
import type { AppEvent, SequencedEvent } from '../contract/events.ts'
import { createEventHub, type EventHubOptions, eventId } from './event-hub.ts'

const deleted = (chatId: string): AppEvent => ({ type: 'chat-deleted', chatId })

function listen(hub: ReturnType<typeof createEventHub>, since: string | null) {
  const heard: SequencedEvent[] = []
  const unsubscribe = hub.subscribe(since, (event, json) => {
    expect(JSON.parse(json)).toEqual(event)
    heard.push(event)
  })
  return { heard, unsubscribe, numbers: () => heard.map(({ seq }) => seq) }
}

test('a new listener hears what comes, in order, until it unsubscribes', () => {
  const hub = createEventHub({ capacity: 10 })
  hub.publish(deleted('before'))
  const { numbers, heard, unsubscribe } = listen(hub, null)
  hub.publish(deleted('a'))
  hub.publish(deleted('b'))
  unsubscribe()
  hub.publish(deleted('after'))
  expect(numbers()).toEqual([2, 3])
  expect(heard[0]).toEqual({ epoch: hub.epoch, seq: 2, event: deleted('a') })
  expect(hub.seq()).toBe(4)
})

/** A hub of which somebody has heard: from then on, they may come back. */
function knownHub(options: EventHubOptions) {
  const hub = createEventHub(options)
  hub.seq()
  return hub
}

test('a listener that comes back hears exactly what it missed', () => {
  const hub = knownHub({ capacity: 3 })
  for (const id of ['1', '2', '3', '4', '5']) hub.publish(deleted(id))
  expect(listen(hub, eventId({ epoch: hub.epoch, seq: 3 })).numbers()).toEqual([4, 5])
  expect(listen(hub, eventId({ epoch: hub.epoch, seq: 2 })).numbers()).toEqual([3, 4, 5])
  expect(listen(hub, eventId({ epoch: hub.epoch, seq: 5 })).numbers()).toEqual([])
})

test.each([
  ['too old', (epoch: string) => `${epoch}-1`],
  ['of another epoch', () => '0192f0c0-0000-7000-8000-000000000000-5'],
  ['from the future', (epoch: string) => `${epoch}-6`],
  ['not an id', () => 'nonsense'],
  ['almost an id', (epoch: string) => `${epoch}-5x`]
])('a place that is %s gets a reset with the current number, then what comes', (_, since) => {
  const hub = knownHub({ capacity: 3 })
  for (const id of ['1', '2', '3', '4', '5']) hub.publish(deleted(id))
  const { heard } = listen(hub, since(hub.epoch))
  hub.publish(deleted('6'))
  expect(heard).toEqual([
    { epoch: hub.epoch, seq: 5, event: { type: 'reset' } },
    { epoch: hub.epoch, seq: 6, event: deleted('6') }
  ])
})

test('what is kept is bounded by its size too', () => {
  const hub = knownHub({ capacity: 1000, maxCharacters: 1000 })
  for (let count = 0; count < 10; count++) hub.publish(deleted('x'.repeat(300)))
  expect(listen(hub, `${hub.epoch}-8`).numbers()).toEqual([9, 10])
  expect(listen(hub, `${hub.epoch}-7`).heard[0]?.event.type).toBe('reset')
  hub.publish(deleted('x'.repeat(2000)))
  expect(listen(hub, `${hub.epoch}-10`).heard[0]?.event.type).toBe('reset')
})

test('what happened before anybody listened is counted, not kept', () => {
  const hub = createEventHub({ capacity: 10 })
  hub.publish(deleted('1'))
  hub.publish(deleted('2'))
  const { heard } = listen(hub, eventId({ epoch: hub.epoch, seq: 1 }))
  expect(heard).toEqual([{ epoch: hub.epoch, seq: 2, event: { type: 'reset' } }])
})
