import { describe, expect, it } from 'vitest'
import type { SequencedEvent } from '../../../core/contract/events.ts'
import { mergeDeltas } from './frame-buffer.ts'

const delta = (seq: number, messageId: string, text: string): SequencedEvent => ({
  epoch: 'e',
  seq,
  event: { type: 'turn-delta', turnId: 't', chatId: 'c', messageId, text, reasoning: text.toUpperCase() }
})

describe('mergeDeltas', () => {
  it('joins neighbouring deltas of one message under the last number', () => {
    expect(mergeDeltas([delta(1, 'a', 'x'), delta(2, 'a', 'y'), delta(3, 'a', 'z')])).toEqual([
      delta(3, 'a', 'xyz')
    ])
  })

  it('never moves text past another event or another message', () => {
    const changed: SequencedEvent = { epoch: 'e', seq: 2, event: { type: 'models-changed' } }
    const events = [delta(1, 'a', 'x'), changed, delta(3, 'a', 'y'), delta(4, 'b', 'z')]
    expect(mergeDeltas(events)).toEqual(events)
  })
})
