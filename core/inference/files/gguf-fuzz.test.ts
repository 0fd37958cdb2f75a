import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { readGgufFileInfo } from 'node-llama-cpp'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import type { Store } from '../../store/store.ts'
import { type Mutant, mutants, soundGguf } from './gguf-mutations.test-support.ts'
import { tensorTypes } from './gguf-types.ts'
import { writeHollowGguf } from './gguf-writer.test-support.ts'
import { openLocalModels } from './local-models.test-support.ts'
import type { LocalModels } from './local-models.ts'
import { openModelStore } from './store.test-support.ts'

const COUNT = 500
const SEED = 1

describe('500 model files with mutated headers', () => {
  let folder: string
  let store: Store
  let models: LocalModels
  const all = new Map<string, Mutant & { path: string }>()

  beforeAll(async () => {
    folder = mkdtempSync(join(tmpdir(), 'homeport-fuzz-'))
    const modelsDir = join(folder, 'models')
    mkdirSync(modelsDir)
    writeHollowGguf(join(modelsDir, 'sound.gguf'), soundGguf)
    let number = 0
    for (const mutant of mutants(COUNT, SEED)) {
      const id = `mutant-${number}`
      const path = join(modelsDir, `${id}.gguf`)
      writeFileSync(path, mutant.bytes)
      all.set(id, { ...mutant, path })
      number += 1
    }
    store = await openModelStore(folder)
    models = await openLocalModels(folder, store)
  })
  afterAll(async () => {
    models.close()
    await store.close()
    rmSync(folder, { recursive: true })
  })

  test('are all looked at, and the sound one among them is found sound', async () => {
    expect(models.known()).toHaveLength(COUNT + 1)
    expect(await models.usable('sound')).toMatchObject({ problem: null, architecture: 'llama' })
  })

  test('are refused for what is wrong with them, and never because reading did not end', () => {
    const problems = [...all.keys()].map((id) => models.get(id).problem)
    expect(problems).not.toContain('it took too long to read')
    expect(problems).not.toContain('the file could not be read')
    expect(new Set(problems).size).toBeGreaterThan(10)
  })

  test('do not reach the engine when their structure is broken: it gets no other path than `usable` gives', async () => {
    const broken = [...all].filter(([, { isBroken }]) => isBroken)
    expect(broken.length).toBeGreaterThan(400)
    for (const [id, { what }] of broken) {
      await expect(models.usable(id), what).rejects.toMatchObject({ code: 'model-broken' })
    }
  })

  test('are accepted only when another reader finds every tensor inside the file, too', async () => {
    const accepted = [...all].filter(([id]) => models.get(id).problem === null)
    expect(accepted).not.toHaveLength(0)
    for (const [, { path, what, bytes }] of accepted) {
      const { fullTensorInfo, metadata } = await readGgufFileInfo(path, { logWarnings: false })
      let end = 0
      for (const { fileOffset, ggmlType, dimensions } of fullTensorInfo ?? []) {
        const layout = tensorTypes[ggmlType]
        const elements = dimensions.reduce<number>((product, length) => product * Number(length), 1)
        expect(Number(fileOffset), what).toBeGreaterThanOrEqual(end)
        end = Number(fileOffset) + (elements / (layout?.blockSize ?? 0)) * (layout?.blockBytes ?? 0)
      }
      expect(end, what).toBeLessThanOrEqual(bytes.length)
      expect(fullTensorInfo, what).toHaveLength(soundGguf.tensors.length)
      expect(metadata.general.architecture, what).toMatch(/^[\w.-]+$/)
    }
  })
})
