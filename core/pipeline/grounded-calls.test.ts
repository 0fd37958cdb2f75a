import { expect, test } from 'vitest'
import { hitOf } from '../contract/knowledge.test-support.ts'
import { HomeportError } from '../errors/homeport-error.ts'
import type { ChatCall } from '../providers/spec/chat.ts'
import type { ModelProvider } from '../providers/spec/provider.ts'
import type { CallInput } from './context.ts'
import { retrieverOf } from './grounding/grounding.test-support.ts'
import type { Findings, Retriever } from './grounding/retriever.ts'
import { eventsOf, finish, inputOf, pipelineTo, readText, settled, text } from './pipeline.test-support.ts'

const rye = hitOf({ path: 'Food/Rye.md', title: 'Rye', text: 'Rye rests for 12 hours.', start: 50, end: 73 })
const both: Partial<Findings> = { hits: [hitOf(), rye] }

interface Rig {
  findings?: Partial<Findings>
  retriever?: Retriever
  answer?: string
  contextTokens?: number | null
  aliases?: Parameters<typeof pipelineTo>[1] extends infer O
    ? O extends { aliases?: infer A }
      ? A
      : never
    : never
  provider?: Partial<ModelProvider>
}

/** A pipeline to one model that knows these passages, and what the model was asked. */
function rigOf({ findings = both, answer = 'Salt [1].', contextTokens = null, ...rig }: Rig = {}) {
  const calls: ChatCall[] = []
  const lookups = retrieverOf(findings)
  const provider: ModelProvider = {
    id: 'up',
    name: 'Upstream',
    kind: 'test',
    onDevice: false,
    pricing: 'unknown',
    listModels: () => [],
    async chat(call) {
      calls.push(call)
      const events = eventsOf(text(answer), finish)()
      return { wireDialect: null, headers: {}, warnings: [], events }
    },
    ...rig.provider
  }
  const { pipeline, traces } = pipelineTo(provider, {
    knowledge: { retriever: rig.retriever ?? lookups, contextTokens: () => contextTokens },
    ...(rig.aliases && { aliases: rig.aliases })
  })
  const ask = async (changed: Partial<CallInput> = {}) => {
    const result = await pipeline.call(inputOf({ readable: ['*'], ...changed }))
    await readText(result.events)
    const outcome = await result.done
    await settled()
    return { ...result, outcome, trace: traces.at(-1) }
  }
  return { ask, calls, lookups: lookups.lookups, traces }
}

const bodyOf = (call: ChatCall | undefined) => call?.wire?.body.toString() ?? ''
const asked = inputOf().wire?.body.toString() ?? ''

test('hands a call on untouched for which nothing is to be looked up', async () => {
  const { ask, calls, lookups } = rigOf()
  const { head, outcome } = await ask()
  expect(bodyOf(calls[0])).toBe(asked)
  expect([lookups, head.sources, outcome.citations]).toEqual([[], undefined, undefined])
})

test('puts passages in front of the last words of the user, and changes no other byte', async () => {
  const { ask, calls, lookups } = rigOf()
  const { head } = await ask({ knowledge: ['vault/Food'] })
  const [before = '', after = ''] = asked.split('Hello,')
  const sent = bodyOf(calls[0])
  expect(sent.startsWith(before) && sent.endsWith(`Hello,${after}`)).toBe(true)
  expect(sent.slice(before.length, sent.length - after.length)).toContain(
    'number=\\"2\\" from=\\"Rye › Dough\\"'
  )
  expect(lookups).toMatchObject([{ text: expect.stringContaining('who is'), scopes: ['vault/Food'] }])
  expect(head.sources?.map(({ number, path }) => [number, path])).toEqual([
    [1, 'Food/Bread.md'],
    [2, 'Food/Rye.md']
  ])
})

test('grounds a request in no dialect as well, in its last turn of a user', async () => {
  const { ask, calls } = rigOf()
  await ask({
    wire: null,
    knowledge: ['*'],
    request: () => ({
      messages: [
        { role: 'system', content: [{ type: 'text', text: 'Be brief.' }] },
        { role: 'user', content: [{ type: 'text', text: 'How long does rye rest?' }] }
      ],
      output: 'text',
      unmapped: []
    })
  })
  const [system, user] = calls[0]?.request().messages ?? []
  expect(system?.content).toEqual([{ type: 'text', text: 'Be brief.' }])
  expect(user?.content).toEqual([
    { type: 'text', text: expect.stringMatching(/<passages>[\s\S]+How long does rye rest\?$/) }
  ])
})

test('tells the model and the client that nothing was found', async () => {
  const { ask, calls } = rigOf({ findings: { hits: [] } })
  const { head } = await ask({ knowledge: ['*'] })
  expect(bodyOf(calls[0])).toContain('nothing in them is near enough')
  expect(head.sources).toEqual([])
})

test('looks up for an alias that knowledge is attached to, unless the call says otherwise', async () => {
  const aliases = { notes: { targets: [{ model: 'up/m', weight: 1 }], knowledge: ['vault'] } }
  const { ask, lookups } = rigOf({ aliases })
  await ask({ model: 'notes' })
  await ask({ model: 'notes', knowledge: ['work'] })
  await ask({ model: 'notes', knowledge: [] })
  expect(lookups.map(({ scopes }) => scopes)).toEqual([['vault'], ['work']])
})

test('refuses a program whose key may not read the notes, before anybody is asked', async () => {
  const { ask, calls, lookups, traces } = rigOf()
  await expect(ask({ knowledge: ['*'], readable: [] })).rejects.toMatchObject({ code: 'not-allowed' })
  expect([calls, lookups]).toEqual([[], []])
  await settled()
  expect(traces[0]?.summary).toMatchObject({ status: 'error', cost: { kind: 'free' } })
})

test('lets the app itself read everything', async () => {
  const { ask, lookups } = rigOf()
  await ask({ caller: { kind: 'app', id: 'chat', name: 'Chat' }, knowledge: ['vault'], readable: [] })
  expect(lookups).toHaveLength(1)
})

test('holds what the answer says against the passages it names', async () => {
  const { ask } = rigOf({ answer: 'Bread needs salt [1]. Rye rests for 3 hours [2]. So it goes [9].' })
  const { outcome, trace } = await ask({ knowledge: ['*'] })
  expect(outcome.citations?.map(({ number, supported }) => [number, supported])).toEqual([
    [1, true],
    [2, false]
  ])
  const note = trace?.spans.find(({ name }) => name === 'citations')?.note
  expect(note).toBe('2 of 2 cited · not found in the passage: [2] · no such passage: [9]')
})

test('shows in the trace what was looked up and found, and keeps the title of what was asked', async () => {
  const { ask } = rigOf()
  const { trace } = await ask({ knowledge: ['vault'] })
  const span = trace?.spans.find(({ kind, name }) => kind === 'retrieval' && name === 'retrieve')
  expect(span).toMatchObject({
    note: '2 passages in vault',
    attributes: {
      'retrieval.documents': [{ number: 1, source: 'vault', path: 'Food/Bread.md' }, { number: 2 }]
    }
  })
  expect(trace?.summary.title).toBe('Hello, who is there?')
  expect(String(trace?.requestBody)).toContain('Rye rests for 12 hours.')
})

test('takes only passages that a small model has room for', async () => {
  const hits = Array.from({ length: 8 }, (_, i) =>
    hitOf({ path: `${i}.md`, text: `${i} ${'word '.repeat(300)}` })
  )
  const { ask } = rigOf({ findings: { hits }, contextTokens: 2200 })
  const { head } = await ask({ knowledge: ['*'] })
  expect(head.sources).toHaveLength(2)
  const tight = rigOf({ findings: { hits }, contextTokens: 1000 })
  const answer = await tight.ask({ knowledge: ['*'] })
  expect(answer.head).toMatchObject({
    sources: [],
    warnings: ['what was found has no room beside this prompt']
  })
  expect(bodyOf(tight.calls[0])).toBe(asked)
})

test('says which sources could not be asked', async () => {
  const { ask } = rigOf({ findings: { hits: [hitOf()], problems: ['work: its folder is gone'] } })
  expect((await ask({ knowledge: ['*'] })).head.warnings).toEqual(['work: its folder is gone'])
})

test('fails like any call where a source is none', async () => {
  const retriever: Retriever = {
    find: async () => {
      throw new HomeportError('not-found', 'There is no source x.')
    }
  }
  const { ask, calls, traces } = rigOf({ retriever })
  await expect(ask({ knowledge: ['x'] })).rejects.toMatchObject({ code: 'not-found' })
  await settled()
  expect([calls, traces[0]?.spans.find(({ name }) => name === 'retrieve')?.status]).toEqual([[], 'error'])
})

test('gives passages to a model that quotes them, of everything where nothing else is said, and leaves its request alone', async () => {
  const { ask, calls, lookups } = rigOf({ provider: { quotesPassages: true } })
  const { head } = await ask()
  expect(lookups.map(({ scopes }) => scopes)).toEqual([['*']])
  expect(calls[0]?.passages?.map(({ path }) => path)).toEqual(['Food/Bread.md', 'Food/Rye.md'])
  expect(bodyOf(calls[0])).toBe(asked)
  expect(head.sources).toHaveLength(2)
  await expect(ask({ readable: [] })).rejects.toMatchObject({ code: 'not-allowed' })
})
