import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { writeTinyGguf } from '../../../test/support/tiny-gguf.ts'
import { checkGguf } from './gguf-check.ts'
import { soundGguf } from './gguf-mutations.test-support.ts'
import { writeHollowGguf } from './gguf-writer.test-support.ts'

describe('checking a model file', () => {
  let folder: string
  const file = (name: string) => join(folder, name)
  beforeAll(() => {
    folder = mkdtempSync(join(tmpdir(), 'homeport-gguf-'))
  })
  afterAll(() => rmSync(folder, { recursive: true }))

  test('reads its header', async () => {
    writeTinyGguf(file('sound.gguf'))
    expect(await checkGguf([file('sound.gguf')])).toMatchObject({
      architecture: 'llama',
      contextTokens: 2048
    })
  })

  test('is done for each of many, though one of them ends the worker', async () => {
    writeTinyGguf(file('sound.gguf'))
    writeTinyGguf(file('endless.gguf'), {
      chatTemplate: '{% for i in range(100000) %}{% for j in range(100000) %}{% endfor %}{% endfor %}'
    })
    const names = ['sound.gguf', 'endless.gguf', 'sound.gguf', 'absent.gguf', 'sound.gguf']
    const results = await Promise.allSettled(names.map((name) => checkGguf([file(name)])))
    expect(results.map((result) => result.status)).toEqual([
      'fulfilled',
      'rejected',
      'fulfilled',
      'rejected',
      'fulfilled'
    ])
  })

  test('adds up the weights of all parts', async () => {
    writeTinyGguf(file('part.gguf'))
    const { parameters } = await checkGguf([file('part.gguf')])
    const both = await checkGguf([file('part.gguf'), file('part.gguf')])
    expect(both.parameters).toBe(2 * parameters)
  })

  test('takes what a model is from its first part, and the weights from all: the others carry nothing else', async () => {
    const [first, ...others] = soundGguf.tensors
    if (first === undefined) throw new Error('no tensors')
    const split = { 'split.count': 2, 'split.tensors.count': soundGguf.tensors.length }
    writeHollowGguf(file('m-00001-of-00002.gguf'), {
      metadata: { ...soundGguf.metadata, ...split, 'split.no': 0 },
      tensors: [first]
    })
    writeHollowGguf(file('m-00002-of-00002.gguf'), { metadata: { ...split, 'split.no': 1 }, tensors: others })
    writeHollowGguf(file('whole.gguf'), soundGguf)
    const parts = [file('m-00001-of-00002.gguf'), file('m-00002-of-00002.gguf')]
    expect(await checkGguf(parts)).toEqual(await checkGguf([file('whole.gguf')]))
  })

  test('refuses it when any part is broken', async () => {
    writeTinyGguf(file('part.gguf'))
    writeTinyGguf(file('broken.gguf'), { broken: 'tensor-past-end' })
    await expect(checkGguf([file('part.gguf'), file('broken.gguf')])).rejects.toThrow(/shorter/)
  })

  test('refuses a file that cannot be read, without its path', async () => {
    await expect(checkGguf([file('absent.gguf')])).rejects.toThrow(/^the file could not be read$/)
  })

  test('refuses a file that is something else', async () => {
    writeFileSync(file('text.gguf'), 'Hello')
    await expect(checkGguf([file('text.gguf')])).rejects.toThrow(/not a GGUF file/)
  })

  test.each([
    ['loops for ever', '{% for i in range(100000) %}{% for j in range(100000) %}{% endfor %}{% endfor %}'],
    ['fills the memory', '{% for i in range(1000000000) %}{{ i }}{% endfor %}']
  ])('refuses a chat template that %s', async (_, chatTemplate) => {
    writeTinyGguf(file('endless.gguf'), { chatTemplate })
    await expect(checkGguf([file('endless.gguf')])).rejects.toThrow(/does not come to an end/)
  })

  test('accepts a template that reaches for what the sandbox does not have', async () => {
    const chatTemplate =
      '{{ messages.__class__.__mro__ }}{{ cycler.__init__.__globals__ }}{{ constructor("x") }}'
    writeTinyGguf(file('reaching.gguf'), { chatTemplate })
    expect(await checkGguf([file('reaching.gguf')])).toMatchObject({ chatTemplate })
  })
})
