import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { writeTinyGguf } from '../support/tiny-gguf.ts'
import { never, type OnDeviceRig, openOnDeviceRig, partsOf, textOf } from './on-device-rig.ts'

/** What is left of on-device models when their engine is killed: everything but the answers that were in it. */
describe('on-device models whose engine is killed', () => {
  let rig: OnDeviceRig
  beforeAll(async () => {
    rig = await openOnDeviceRig((modelsDir) => {
      writeTinyGguf(join(modelsDir, 'tiny.gguf'), { contextTokens: 16_384 })
      writeTinyGguf(join(modelsDir, 'second.gguf'), { contextTokens: 16_384, seed: 7 })
    })
  })
  afterAll(async () => {
    await rig.close()
  })
  const failure = { code: 'engine-failed', status: 502, retryable: true }
  const kill = () => rig.children.at(-1)?.kill('SIGKILL')
  /** An answer that has begun, and has far to go. */
  const begin = (model: string) => rig.ask({ maxTokens: 15_000 }, { model })
  /** A whole answer, cut short: a model without sense writes until its context is full. */
  const answerOf = async (model: string) => textOf(await partsOf(await rig.ask({ maxTokens: 40 }, { model })))
  const quarantine = async (model: string) => {
    for (const _ of [1, 2]) {
      const answer = await begin(model)
      kill()
      await expect(partsOf(answer)).rejects.toMatchObject(failure)
    }
  }
  const isOffered = (id: string) => rig.onDevice.provider.listModels().some((model) => model.id === id)

  test('fail the answers that were in it, each on its own, and answer the next', async () => {
    const answers = await Promise.all([begin('tiny'), begin('second'), begin('tiny')])
    kill()
    await Promise.all(answers.map((answer) => expect(partsOf(answer)).rejects.toMatchObject(failure)))
    for (const model of ['tiny', 'second']) expect(await answerOf(model)).not.toBe('')
    expect(rig.children).toHaveLength(2)
  })

  test('give up on the one that is in it twice in a row, and on no other', async () => {
    await quarantine('tiny')
    expect(isOffered('tiny')).toBe(false)
    await expect(rig.ask()).rejects.toMatchObject({
      code: 'model-broken',
      action: expect.stringContaining('another chance')
    })
    expect(isOffered('second')).toBe(true)
    expect(await answerOf('second')).not.toBe('')
  })

  test('are tried again when they are added, or loaded on request', async () => {
    const { models, modelsDir } = rig.onDevice
    const tiny = (await models.list()).find(({ id }) => id === 'tiny')
    expect(tiny).toMatchObject({ state: 'broken', problem: expect.stringContaining('twice in a row') })
    await models.add(join(modelsDir, 'tiny.gguf'))
    expect(isOffered('tiny')).toBe(true)
    await quarantine('tiny')
    expect(isOffered('tiny')).toBe(false)
    await models.load('tiny', never)
    expect(await answerOf('tiny')).not.toBe('')
  })
})
