import { expect, test } from 'vitest'
import { compose } from './compose.ts'
import type { CallResult, Stage } from './context.ts'
import { newContext } from './new-context.ts'
import { inputOf } from './pipeline.test-support.ts'

const context = newContext(inputOf())
const result: CallResult = {
  head: { wireDialect: null, headers: {}, warnings: [] },
  events: (async function* () {})(),
  done: new Promise(() => {})
}
const last: Stage = async () => result

test('stages surround each other in the order given', async () => {
  const steps: string[] = []
  const around =
    (name: string): Stage =>
    async (_, next) => {
      steps.push(`${name} in`)
      const inner = await next()
      steps.push(`${name} out`)
      return inner
    }
  expect(await compose([around('a'), around('b'), last])(context)).toBe(result)
  expect(steps).toEqual(['a in', 'b in', 'b out', 'a out'])
})

test('a stage can answer without the stages after it', async () => {
  const never: Stage = () => {
    throw new Error('reached')
  }
  expect(await compose([last, never])(context)).toBe(result)
})

test('calling next twice throws, also after the first call was awaited', async () => {
  let calls = 0
  const twice: Stage = async (_, next) => {
    await next()
    return next()
  }
  const counting: Stage = async () => {
    calls += 1
    return result
  }
  await expect(compose([twice, counting])(context)).rejects.toThrow('next twice')
  expect(calls).toBe(1)
})

test('one composition serves many calls', async () => {
  const run = compose([(_, next) => next(), last])
  expect(await run(context)).toBe(result)
  expect(await run(context)).toBe(result)
})

test('the last stage has no next', async () => {
  await expect(compose([(_, next) => next()])(context)).rejects.toThrow('no next')
})

test('a failure passes through every stage', async () => {
  const failing: Stage = async () => {
    throw new Error('from the inside')
  }
  const seen: unknown[] = []
  const watching: Stage = async (_, next) => {
    try {
      return await next()
    } catch (error) {
      seen.push(error)
      throw error
    }
  }
  await expect(compose([watching, failing])(context)).rejects.toThrow('from the inside')
  expect(seen).toHaveLength(1)
})
