import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { getLlama, type Llama, LlamaLogLevel } from 'node-llama-cpp'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { writeTinyGguf } from '../../../test/support/tiny-gguf.ts'
import { bestTrial, CalibrationModel, tryThreads } from './calibration.ts'
import { engineModel } from './engine-model.test-support.ts'

const trial = (threads: number, tokensPerSecond: number) => ({ threads, tokensPerSecond })

describe('the best number of threads', () => {
  test('is the fewest within five percent of the fastest', () => {
    expect(bestTrial([trial(1, 50), trial(2, 96), trial(4, 100), trial(7, 90)])).toEqual(trial(2, 96))
    expect(bestTrial([trial(7, 90), trial(4, 100), trial(2, 94)])).toEqual(trial(4, 100))
    expect(bestTrial([trial(1, 0)])).toEqual(trial(1, 0))
  })
})

describe('trials of threads', () => {
  test('go on as long as more threads are not much slower', async () => {
    const speeds: Record<number, number> = { 1: 60, 2: 100, 4: 55, 7: 20, 9: 200 }
    const trials = await tryThreads([1, 2, 4, 7, 9], async (threads) => speeds[threads] ?? 0)
    expect(trials).toEqual([trial(1, 60), trial(2, 100), trial(4, 55), trial(7, 20)])
  })
})

describe('a model that is calibrated', () => {
  const folder = mkdtempSync(join(tmpdir(), 'homeport-calibration-'))
  const path = join(folder, 'tiny.gguf')
  const never = new AbortController().signal
  let llama: Llama

  beforeAll(async () => {
    writeTinyGguf(path)
    llama = await getLlama({
      build: 'never',
      gpu: false,
      progressLogs: false,
      logLevel: LlamaLogLevel.disabled
    })
  })
  afterAll(() => rmSync(folder, { recursive: true }))

  test('is tried with each number, and measured in writing and reading', async () => {
    const model = await CalibrationModel.load(llama, engineModel(path), [1], never)
    const { result } = (await model.perform(null, { id: 1, signal: never, send() {} })) as { result: unknown }
    await model.dispose()
    expect(result).toEqual({
      kind: 'calibration',
      threads: 1,
      tried: [trial(1, expect.any(Number))],
      promptTokensPerSecond: expect.any(Number)
    })
    expect(JSON.stringify(result)).not.toMatch(/:0[,}]/)
  })

  test('stops when nobody wants the numbers any more', async () => {
    const model = await CalibrationModel.load(llama, engineModel(path), [1], never)
    const abort = new AbortController()
    const running = model.perform(null, { id: 1, signal: abort.signal, send() {} })
    abort.abort()
    await expect(running).rejects.toBe(abort.signal.reason)
    await model.dispose()
  })

  test('says so when its file cannot be loaded', async () => {
    writeTinyGguf(join(folder, 'broken.gguf'), { broken: 'missing-tensor' })
    const loading = CalibrationModel.load(llama, engineModel(join(folder, 'broken.gguf')), [1], never)
    await expect(loading).rejects.toMatchObject({ code: 'load-failed' })
  })
})
