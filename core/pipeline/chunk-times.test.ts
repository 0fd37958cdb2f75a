import { expect, test } from 'vitest'
import { eventsOf, finish, inputOf, pipelineTo, providerOf, readText, text } from './pipeline.test-support.ts'

async function timesOf(input: Parameters<typeof inputOf>[0]) {
  const asked: string[][] = []
  const gaps: number[] = []
  const { pipeline } = pipelineTo(providerOf(eventsOf({ parts: [] }, text('a'), text('b'), finish)), {
    chunkTimer(...of) {
      asked.push(of)
      return (gapMs) => gaps.push(gapMs)
    }
  })
  const { events } = await pipeline.call(inputOf(input))
  await readText(events)
  return { asked, gaps }
}

test('of a streamed answer, the time before each event after the first token is told', async () => {
  const { asked, gaps } = await timesOf({ model: 'up/m1', stream: true })
  expect(asked).toEqual([[inputOf().dialect, 'up', 'm1']])
  expect(gaps).toHaveLength(2)
  expect(gaps.every((gapMs) => gapMs >= 0)).toBe(true)
})

test('an answer in one piece has no such times', async () => {
  expect(await timesOf({ model: 'up/m1', stream: false })).toEqual({ asked: [], gaps: [] })
})
