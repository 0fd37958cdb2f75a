import { expect, it } from 'vitest'
import { routePreviewRequestSchema, routePreviewSchema, saveAliasSchema } from '../contract/aliases.ts'
import type { ModelProvider } from '../providers/spec/provider.ts'
import { previewRoute } from './route-preview.ts'
import { createRouter } from './router.ts'
import { createHealth } from './target-health.ts'

const provider: ModelProvider = {
  id: 'up',
  name: 'Up',
  kind: 'test',
  onDevice: false,
  pricing: 'unknown',
  listModels: () => [{ id: 'blind', name: 'blind', contextTokens: null, abilities: { vision: false } }],
  chat: () => Promise.reject(new Error('not called'))
}
const team = {
  name: 'team',
  ...saveAliasSchema.parse({ targets: [{ model: 'up/blind' }, { model: 'up/seeing' }] })
}
const router = createRouter({
  catalog: { find: () => null },
  providers: {
    callable: new Map([['up', provider]]),
    seatsOf: (one) => [one],
    lacksKey: () => false,
    isLocalServer: () => false
  },
  aliases: { get: (name) => (name === 'team' ? team : null) },
  health: createHealth(),
  price: () => ({ kind: 'unknown' })
})
const preview = (request: object) =>
  previewRoute(router, routePreviewRequestSchema.parse(request), (asked) => JSON.stringify(asked).length)

it('says who would be asked and who not, in the form of the contract', () => {
  const shown = preview({ model: 'team', prompt: 'What is on this picture?', hasImages: true })
  expect(routePreviewSchema.strict().parse(shown)).toEqual({
    why: 'team asks in the order of its list',
    order: [{ model: 'up/seeing', why: 'first of the list' }],
    leftOut: [{ model: 'up/blind', why: 'cannot see images' }],
    difficulty: null
  })
})

it('looks at an alias as it would be saved, and at none that is', () => {
  const draft = saveAliasSchema.parse({ strategy: 'lowest-latency', targets: [{ model: 'up/other' }] })
  const order = [{ model: 'up/other', why: 'not measured lately' }]
  expect(preview({ model: 'team', draft })).toMatchObject({ why: 'team asks the fastest first', order })
  expect(preview({ model: 'new', draft })).toMatchObject({ why: 'new asks the fastest first', order })
  expect(preview({ model: 'team' }).order).not.toEqual(order)
})

it('leaves out of a draft what could not be asked, and says so', () => {
  const draft = saveAliasSchema.parse({
    targets: [{ model: 'up/other' }, { model: 'gone/m' }, { model: 'team' }]
  })
  const leftOut = preview({ model: 'new', draft }).leftOut.map(({ model }) => model)
  expect(leftOut).toEqual(['gone/m', 'team'])
})

it('shows what made a request hard', () => {
  const { difficulty, why } = preview({ model: 'auto', prompt: 'Prove it step by step', hasTools: true })
  expect(difficulty?.reasons.map(({ what }) => what)).toEqual(['mathematics', 'words of reasoning', 'tools'])
  expect(why).toMatch(/^hard, 0\.75/)
})
