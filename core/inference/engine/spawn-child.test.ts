import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { pathToFileURL } from 'node:url'
import { afterEach, beforeEach, describe, expect, test } from 'vitest'
import { spawnWithNode } from './spawn-child.ts'

describe('a child started with Node', () => {
  let folder: string
  const entry = (code: string) => {
    const file = join(folder, 'entry.mjs')
    writeFileSync(file, code)
    return pathToFileURL(file)
  }
  beforeEach(() => {
    folder = mkdtempSync(join(tmpdir(), 'homeport-spawn-'))
  })
  afterEach(() => {
    delete process.env.OPENAI_API_KEY
    rmSync(folder, { recursive: true })
  })

  test('gets what it is given, and none of our secrets', async () => {
    process.env.OPENAI_API_KEY = 'sk-secret'
    const inference = entry(
      "import { writeFileSync } from 'node:fs'; writeFileSync(process.env.OUT, JSON.stringify(process.env))"
    )
    const out = join(folder, 'environment.json')
    const child = spawnWithNode({ inference })('inference', { OUT: out })
    expect(await new Promise((resolve) => child.onExit(resolve))).toBe(0)
    const environment = JSON.parse(readFileSync(out, 'utf8'))
    expect(environment).toMatchObject({ OUT: out, PATH: process.env.PATH })
    expect(environment).not.toHaveProperty('OPENAI_API_KEY')
  })

  test('tells its exit code, also to who asks late', async () => {
    const child = spawnWithNode({ inference: entry('process.exit(7)') })('inference', {})
    expect(await new Promise((resolve) => child.onExit(resolve))).toBe(7)
    expect(await new Promise((resolve) => child.onExit(resolve))).toBe(7)
  })

  test('can be killed', async () => {
    const child = spawnWithNode({ inference: entry('setInterval(() => {}, 1000)') })('inference', {})
    child.kill()
    expect(await new Promise((resolve) => child.onExit(resolve))).toBe(1)
  })
})
