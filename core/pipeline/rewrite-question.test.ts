import { expect, test } from 'vitest'
import type { ChatCall } from '../providers/spec/chat.ts'
import { eventsOf, finish, pipelineTo, providerOf, settled, text, usage } from './pipeline.test-support.ts'
import { rewriteQuestion } from './rewrite-question.ts'

const { signal } = new AbortController()
const asked = { model: 'up/small', question: 'and how long does it rest?', signal }

function rigOf(answer: string, onDevice = false) {
  const calls: ChatCall[] = []
  const events = eventsOf(text(answer), usage, finish)
  const provider = providerOf((call) => {
    calls.push(call)
    return events()
  })
  const listModels = () => [{ id: 'small', name: 'Small', contextTokens: null }]
  return { calls, ...pipelineTo({ ...provider, onDevice, listModels }) }
}

test('gives the lines that the model wrote, without what it put in front of them', async () => {
  const { pipeline, calls } = rigOf(
    '1. How long does rye dough rest?\n\nLine 2: It rests for a night.\nDone!'
  )
  expect(await rewriteQuestion(pipeline, () => false)(asked)).toEqual([
    'How long does rye dough rest?',
    'It rests for a night.'
  ])
  expect(JSON.stringify(calls[0]?.request().messages)).toContain(asked.question)
})

test('its call is booked and stands in Activity without its texts', async () => {
  const { pipeline, traces, entries } = rigOf('How long does it rest?')
  await rewriteQuestion(pipeline, () => false)(asked)
  await settled()
  expect(traces).toMatchObject([{ summary: { app: 'Knowledge', status: 'ok' }, requestBody: null }])
  expect(entries).toHaveLength(1)
})

test('a model on this machine is told not to think, others may not know what that is', async () => {
  const here = rigOf('Rest?', true)
  await rewriteQuestion(here.pipeline, () => false)(asked)
  const elsewhere = rigOf('Rest?')
  await rewriteQuestion(elsewhere.pipeline, () => false)(asked)
  expect(here.calls[0]?.request().reasoning).toEqual({ effort: 'none' })
  expect(elsewhere.calls[0]?.request().reasoning).toBeUndefined()
})

test('says nothing where the model only repeats the question, and nobody is asked while paused', async () => {
  const { pipeline } = rigOf(asked.question)
  expect(await rewriteQuestion(pipeline, () => false)(asked)).toEqual([])
  await expect(rewriteQuestion(pipeline, () => true)(asked)).rejects.toMatchObject({ code: 'gateway-paused' })
})
