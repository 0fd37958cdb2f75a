import { expect, test } from 'vitest'
import type { FromEngine } from '../../contract/engine-frames.ts'
import { endOf } from '../engine/engine.test-support.ts'
import type { EngineEvent } from '../engine/pending-request.ts'
import { type AnswerEnd, chatEvents } from './chat-events.ts'

async function* answer(...frames: FromEngine[]): AsyncGenerator<EngineEvent> {
  for (const frame of frames) yield frame as EngineEvent
}

test('an answer has its thoughts before its words, its calls by number, and the end last', async () => {
  const ends: AnswerEnd[] = []
  const frames: FromEngine[] = [
    { type: 'delta', id: 1, text: 'Hi', reasoning: 'Hm.' },
    { type: 'tool-call', id: 1, index: 0, name: 'tides' },
    { type: 'tool-call', id: 1, index: 1, name: 'tides' },
    { type: 'tool-arguments', id: 1, index: 1, arguments: '{}' },
    endOf(1)
  ]
  const events = []
  for await (const event of chatEvents(answer(...frames), 'tiny', (end) => ends.push(end))) events.push(event)
  const parts = events.flatMap((event) => event.parts)
  expect(parts).toEqual([
    { type: 'served-model', model: 'tiny' },
    { type: 'reasoning-delta', text: 'Hm.' },
    { type: 'text-delta', text: 'Hi' },
    { type: 'tool-call-start', index: 0, id: expect.stringMatching(/^call_[\w-]+$/), name: 'tides' },
    { type: 'tool-call-start', index: 1, id: expect.stringMatching(/^call_[\w-]+$/), name: 'tides' },
    { type: 'tool-call-delta', index: 1, arguments: '{}' },
    { type: 'finish', reason: 'stop' },
    { type: 'usage', usage: expect.anything() }
  ])
  const ids = parts.flatMap((part) => (part.type === 'tool-call-start' ? [part.id] : []))
  expect(new Set(ids).size).toBe(2)
  expect(ends).toHaveLength(1)
})
