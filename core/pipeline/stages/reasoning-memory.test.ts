import { describe, expect, test } from 'vitest'
import type { ChatPart, ChatRequest, Dialect } from '../../providers/spec/chat.ts'
import type { PromptMessage, VendorSignature } from '../../providers/spec/prompt.ts'
import type { ReasoningMemory } from '../../reasoning/reasoning-memory.ts'
import type { Thought } from '../../reasoning/thought.ts'
import { failedOutcome } from '../call-failure.ts'
import { compose } from '../compose.ts'
import type { CallOutcome } from '../context.ts'
import { newContext } from '../new-context.ts'
import { inputOf } from '../pipeline.test-support.ts'
import { reasoningMemoryStage } from './reasoning-memory.ts'

const claude: VendorSignature = { vendor: 'anthropic', value: 'EqQBCg' }
const gemini: VendorSignature = { vendor: 'google', value: 'CikBVKhc' }
const callId = 'toolu_01A09q90qw90lq917835lq9'
const otherId = 'toolu_01B22q90qw90lq917835lq9'

function memoryMap() {
  const kept = new Map<string, Thought>()
  const asked: string[][] = []
  const memory: ReasoningMemory = {
    keep: (thoughts) => {
      for (const { anchor, thought } of thoughts) kept.set(anchor, thought)
    },
    find: (anchors) => {
      asked.push([...anchors])
      return new Map(
        anchors.flatMap((anchor) => {
          const thought = kept.get(anchor)
          return thought ? [[anchor, thought]] : []
        })
      )
    },
    prune: async () => {}
  }
  return { memory, kept, asked }
}

const user = (text: string): PromptMessage => ({ role: 'user', content: [{ type: 'text', text }] })
const toolResult = (id: string): PromptMessage => ({
  role: 'tool',
  content: [{ type: 'tool-result', callId: id, content: [{ type: 'text', text: '18 °C' }], isError: false }]
})
const assistant = (...content: PromptMessage['content']): PromptMessage => ({ role: 'assistant', content })
const call = (id: string, args = '{"city":"Bern"}', name = 'weather') =>
  ({ type: 'tool-call', id, name, arguments: args }) as const

interface Turn {
  dialect?: Dialect
  /** What the upstream speaks; its answer is handed on as it is where that is the client's dialect. */
  wireDialect?: Dialect | null
  callerId?: string
  finish?: CallOutcome['finish']
}

/** A conversation through the stage: what the provider is asked, and what it answers. */
function conversation(base: Turn = {}) {
  const { memory, kept, asked } = memoryMap()
  const turn = async (messages: PromptMessage[], answer: ChatPart[], change: Turn = {}) => {
    const {
      dialect = 'openai-chat',
      wireDialect = null,
      callerId = 'key-1',
      finish = 'stop'
    } = {
      ...base,
      ...change
    }
    let seen: ChatRequest | null = null
    const input = inputOf({
      dialect,
      caller: { kind: 'app-key', id: callerId, name: 'Editor' },
      wire: { dialect, body: Buffer.alloc(0), json: {}, headers: {} },
      request: () => ({ messages, output: 'text', unmapped: [] })
    })
    const context = newContext(input)
    const run = compose([
      reasoningMemoryStage(memory),
      async ({ request, signal }) => {
        if (wireDialect !== dialect) seen = request()
        const { promise: done, resolve } = Promise.withResolvers<CallOutcome>()
        const ended = failedOutcome(null, signal, 0)
        return {
          head: { wireDialect, headers: {}, warnings: [] },
          events: (async function* () {
            for (const part of answer) yield { parts: [part] }
            resolve({ ...ended, status: 'ok', error: null, finish })
          })(),
          done
        }
      }
    ])
    const result = await run(context)
    for await (const _ of result.events);
    await result.done
    const request = seen as ChatRequest | null
    return request?.messages ?? null
  }
  return { turn, kept, asked }
}

const thinking: ChatPart[] = [
  { type: 'reasoning-delta', text: 'They want ' },
  { type: 'reasoning-delta', text: 'the weather.' },
  { type: 'reasoning-signature', signature: claude }
]
const start = (index: number, id: string, signature?: VendorSignature): ChatPart => ({
  type: 'tool-call-start',
  index,
  id,
  name: 'weather',
  ...(signature && { signature })
})
const args = (index: number, text = '{"city":"Bern"}'): ChatPart => ({
  type: 'tool-call-delta',
  index,
  arguments: text
})

describe('a client whose dialect has no place for signatures', () => {
  test('gets the thinking of Claude put back before text and tool call, with its signature', async () => {
    const { turn } = conversation()
    await turn(
      [user('Weather?')],
      [...thinking, { type: 'text-delta', text: 'Let me see.' }, start(0, callId), args(0)]
    )
    const again = [
      user('Weather?'),
      assistant({ type: 'text', text: 'Let me see.' }, call(callId)),
      toolResult(callId)
    ]
    expect(await turn(again, [])).toEqual([
      user('Weather?'),
      assistant(
        { type: 'reasoning', text: 'They want the weather.', signature: claude },
        { type: 'text', text: 'Let me see.' },
        call(callId)
      ),
      toolResult(callId)
    ])
  })

  test('gets each of several thoughts before the call it led to', async () => {
    const { turn } = conversation()
    await turn(
      [user('Weather?')],
      [
        { type: 'text-delta', text: 'Well.' },
        ...thinking,
        start(0, callId),
        args(0),
        { type: 'reasoning-delta', text: 'And there.' },
        { type: 'reasoning-signature', signature: { ...claude, value: 'second' } },
        { type: 'reasoning-signature', signature: { ...claude, value: 'hidden' }, redacted: true },
        start(1, otherId),
        args(1)
      ]
    )
    const again = [user('Weather?'), assistant({ type: 'text', text: 'Well.' }, call(callId), call(otherId))]
    expect((await turn(again, []))?.[1]).toEqual(
      assistant(
        { type: 'text', text: 'Well.' },
        { type: 'reasoning', text: 'They want the weather.', signature: claude },
        call(callId),
        { type: 'reasoning', text: 'And there.', signature: { ...claude, value: 'second' } },
        { type: 'reasoning', text: '', signature: { ...claude, value: 'hidden' }, redacted: true },
        call(otherId)
      )
    )
  })

  test('gets the signature of a call that Gemini signed', async () => {
    const { turn } = conversation({ dialect: 'anthropic-messages' })
    await turn([user('Weather?')], [start(0, callId, gemini), args(0), start(1, otherId), args(1)])
    const again = [user('Weather?'), assistant(call(callId), call(otherId)), toolResult(callId)]
    expect((await turn(again, []))?.[1]).toEqual(
      assistant({ ...call(callId), signature: gemini }, call(otherId))
    )
  })

  test('gets unsigned reasoning put back before a tool call, but not before a mere text', async () => {
    const { turn } = conversation()
    const thought: ChatPart = { type: 'reasoning-delta', text: 'Hm.' }
    await turn([user('Weather?')], [thought, start(0, callId), args(0)])
    const again = [user('Weather?'), assistant(call(callId)), toolResult(callId)]
    expect((await turn(again, [thought, { type: 'text-delta', text: '18.' }]))?.[1]).toEqual(
      assistant({ type: 'reasoning', text: 'Hm.' }, call(callId))
    )
    const later = [...again, assistant({ type: 'text', text: '18.' }), user('Thanks.')]
    expect((await turn(later, []))?.[3]).toEqual(assistant({ type: 'text', text: '18.' }))
  })

  test('gets signed reasoning of an answer without tools by its text', async () => {
    const { turn } = conversation()
    await turn(
      [user('Hi')],
      [...thinking, { type: 'text-delta', text: 'Hello ' }, { type: 'text-delta', text: 'there.' }]
    )
    const again = [user('Hi'), assistant({ type: 'text', text: 'Hello there.\n' }), user('And?')]
    expect((await turn(again, []))?.[1]).toEqual(
      assistant(
        { type: 'reasoning', text: 'They want the weather.', signature: claude },
        { type: 'text', text: 'Hello there.\n' }
      )
    )
  })

  test.each<Dialect>(['ollama-chat', 'google-generate'])(
    'is found by what was called, where %s hands calls back without their ids',
    async (dialect) => {
      const { turn } = conversation({ dialect })
      const first = [user('Weather?')]
      await turn(first, [start(0, callId, gemini), args(0)])
      const second = [...first, assistant(call('made-up-1', '{ "city": "Bern" }')), toolResult('made-up-1')]
      expect((await turn(second, [start(0, otherId, { ...gemini, value: 'again' }), args(0)]))?.[1]).toEqual(
        assistant({ ...call('made-up-1', '{ "city": "Bern" }'), signature: gemini })
      )
      // the same call once more in the same turn is another call
      const third = [...second, assistant(call('made-up-2')), toolResult('made-up-2')]
      const seen = await turn(third, [])
      expect(seen?.[1]?.content[0]).toMatchObject({ signature: gemini })
      expect(seen?.[3]?.content[0]).toMatchObject({ signature: { value: 'again' } })
      const elsewhere = [user('Weather in another conversation?'), assistant(call('made-up-1'))]
      expect((await turn(elsewhere, []))?.[1]).toEqual(assistant(call('made-up-1')))
    }
  )

  test('whose model numbers its calls anew in each conversation gets no other conversation’s thoughts', async () => {
    const { turn } = conversation()
    await turn([user('One')], [{ type: 'reasoning-delta', text: 'Of one.' }, start(0, 'weather:0'), args(0)])
    await turn([user('Two')], [{ type: 'reasoning-delta', text: 'Of two.' }, start(0, 'weather:0'), args(0)])
    const thoughtOf = async (question: string) =>
      (await turn([user(question), assistant(call('weather:0'))], []))?.[1]?.content[0]
    expect(await thoughtOf('One')).toEqual({ type: 'reasoning', text: 'Of one.' })
    expect(await thoughtOf('Two')).toEqual({ type: 'reasoning', text: 'Of two.' })
    expect(await thoughtOf('Three')).toEqual(call('weather:0'))
  })
})

describe('what a client hands back itself', () => {
  const turnAfter = async (given: PromptMessage['content'][number]) => {
    const { turn } = conversation()
    await turn([user('Weather?')], [...thinking, start(0, callId, gemini), args(0)])
    return (await turn([user('Weather?'), assistant(given, call(callId))], []))?.[1]?.content
  }

  test('stays as it is when it is signed', async () => {
    const own = { type: 'reasoning', text: 'Mine.', signature: { ...claude, value: 'mine' } } as const
    expect(await turnAfter(own)).toEqual([own, { ...call(callId), signature: gemini }])
  })

  test('gives way to what is known with a signature when it is not', async () => {
    expect(await turnAfter({ type: 'reasoning', text: 'They want the weather.' })).toEqual([
      { type: 'reasoning', text: 'They want the weather.', signature: claude },
      { ...call(callId), signature: gemini }
    ])
  })
})

test('other programs find nothing', async () => {
  const { turn } = conversation()
  await turn([user('Weather?')], [...thinking, start(0, callId), args(0)])
  const again = [user('Weather?'), assistant(call(callId))]
  expect((await turn(again, [], { callerId: 'key-2' }))?.[1]).toEqual(assistant(call(callId)))
})

test('calls in one dialect on both sides are neither read nor kept', async () => {
  const { turn, kept, asked } = conversation({ wireDialect: 'openai-chat' })
  await turn([user('Weather?')], [...thinking, start(0, callId), args(0)])
  await turn([user('Weather?'), assistant(call(callId))], [])
  expect([kept.size, asked.length]).toEqual([0, 0])
})

test('a conversation without answers asks the memory nothing', async () => {
  const { turn, asked } = conversation()
  await turn([user('Hi'), user('Hello?')], [])
  expect(asked).toEqual([])
})

test('an answer that never came to its end is not kept', async () => {
  const { turn, kept } = conversation()
  await turn([user('Weather?')], [...thinking, start(0, callId), args(0, '{"ci')], { finish: null })
  expect(kept.size).toBe(0)
})
