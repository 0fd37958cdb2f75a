import { describe, expect, test } from 'vitest'
import type { Json } from '../json-fields.ts'
import { type EarlierTurns, resolveConversation } from './conversation.ts'

const question = { type: 'message', role: 'user', content: 'And now?' }
const asked = { type: 'message', id: 'msg_hp1', status: 'completed', role: 'user', content: [] }
const thought = { type: 'reasoning', id: 'rs_hp1', summary: [], encrypted_content: 'hp1.anthropic.c2ln' }
const said = { type: 'message', id: 'msg_hp2', status: 'completed', role: 'assistant', content: [] }

/** One answer that was made here, one that OpenAI made, and one of another key. */
const earlier: EarlierTurns = {
  conversation(id) {
    if (id === 'resp_hp1') return [{ input: [asked], response: { output: [thought, said] } }]
    if (id === 'resp_68f4') return [{ input: [asked], response: { output: [{ ...said, id: 'msg_68f4' }] } }]
    return null
  },
  findItem: (id) => [thought, said, { ...said, id: 'msg_68f4' }].find((item) => item.id === id) ?? null,
  belongsToAnother: (id) => id === 'resp_other'
}
const resolve = (items: Json[], previousId: string | null = null) =>
  resolveConversation(items, previousId, earlier)
const ids = (items: readonly Json[] | null) => items?.map(({ id }) => id)

test('a request that refers to nothing goes to its upstream as it is', () => {
  expect(resolve([question])).toEqual({
    items: [question],
    own: [question],
    wireInput: null,
    keepsPrevious: false
  })
})

describe('a previous response', () => {
  test('that was made here is spelled out, without ids and thoughts that no other vendor can read', () => {
    const { items, wireInput, keepsPrevious } = resolve([question], 'resp_hp1')
    expect(ids(items)).toEqual(['msg_hp1', 'rs_hp1', 'msg_hp2', undefined])
    expect(wireInput).toEqual([
      { type: 'message', role: 'user', content: [] },
      { type: 'message', role: 'assistant', content: [] },
      question
    ])
    expect(keepsPrevious).toBe(false)
  })

  test('that an upstream made is left to it, and spelled out for all others', () => {
    const { items, wireInput, keepsPrevious } = resolve([question], 'resp_68f4')
    expect(ids(items)).toEqual(['msg_hp1', 'msg_68f4', undefined])
    expect(wireInput).toBeNull()
    expect(keepsPrevious).toBe(true)
  })

  test('that nobody here knows is for the upstream to find', () => {
    expect(resolve([question], 'resp_unknown')).toMatchObject({
      items: null,
      wireInput: null,
      keepsPrevious: true
    })
  })

  test.each(['resp_other', 'resp_hpgone'])('%s is not found', (id) => {
    expect(() => resolve([question], id)).toThrow(
      expect.objectContaining({
        code: 'not-found',
        status: 400,
        wire: {
          dialect: 'openai-chat',
          body: { error: expect.objectContaining({ code: 'previous_response_not_found' }) }
        }
      })
    )
  })
})

describe('items', () => {
  test('that are referred to are put in, also for an upstream that did not make them', () => {
    const { items, wireInput } = resolve([{ type: 'item_reference', id: 'msg_hp2' }, question])
    expect(items).toEqual([said, question])
    expect(wireInput).toEqual([{ type: 'message', role: 'assistant', content: [] }, question])
  })

  test('of an upstream stay references for it', () => {
    const reference = { type: 'item_reference', id: 'msg_68f4' }
    const { items, wireInput } = resolve([reference, { ...said, id: 'msg_hp2' }])
    expect(ids(items)).toEqual(['msg_68f4', 'msg_hp2'])
    expect(wireInput?.[0]).toEqual(reference)
    expect(resolve([reference]).wireInput).toBeNull()
  })

  test('that were made here and are gone are not found', () => {
    expect(() => resolve([{ type: 'item_reference', id: 'msg_hp9' }])).toThrow(
      expect.objectContaining({ code: 'not-found' })
    )
  })

  test('of reasoning get back what the client was not shown', () => {
    const { encrypted_content: _, ...bare } = thought
    expect(resolve([bare]).items).toEqual([thought])
    expect(resolve([{ ...bare, encrypted_content: null }]).items).toEqual([thought])
  })

  test('of reasoning that OpenAI cannot read do not reach it; its own do, untouched', () => {
    expect(resolve([thought, question]).wireInput).toEqual([question])
    const own = { type: 'reasoning', id: 'rs_68f4', summary: [], encrypted_content: 'gAAA' }
    expect(resolve([own, question]).wireInput).toBeNull()
  })
})
