import { type ChildProcess, spawn } from 'node:child_process'
import { once } from 'node:events'
import { existsSync, mkdtempSync, readdirSync, readFileSync, rmSync, statSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, expect, test, vi } from 'vitest'
import { tinyGguf } from '../../../test/support/tiny-gguf.ts'
import { startTestHub, type TestHub } from '../hub/hub-server.test-support.ts'

const bytes = tinyGguf()
const half = Math.floor(bytes.length / 2)
const repo = 'someone/some-GGUF'
const file = 'some.gguf'
let folder: string
let hub: TestHub
let child: ChildProcess | null

beforeEach(async () => {
  folder = mkdtempSync(join(tmpdir(), 'homeport-killed-'))
  hub = await startTestHub()
  hub.files.set(`${repo}/${file}`, bytes)
  child = null
})
afterEach(async () => {
  child?.kill('SIGKILL')
  await hub.close()
  rmSync(folder, { recursive: true })
})

function run(...args: string[]): ChildProcess {
  const entry = new URL('./test-processes/download.ts', import.meta.url)
  child = spawn(process.execPath, [entry.pathname, folder, hub.url, ...args], {
    stdio: ['ignore', 'ignore', 'inherit']
  })
  return child
}

test('a download whose process is killed goes on by itself where it was', async () => {
  hub.onCdn = (_, response) => {
    response.writeHead(200, { 'content-length': bytes.length })
    response.write(bytes.subarray(0, half))
    return true
  }
  const killed = run(repo, file)
  const partial = await vi.waitFor(
    () => {
      const [name] = readdirSync(join(folder, 'models/.partial'))
      if (name === undefined) throw new Error('nothing has come yet')
      const path = join(folder, 'models/.partial', name)
      expect(statSync(path).size).toBe(half)
      return path
    },
    { timeout: 15_000, interval: 10 }
  )
  killed.kill('SIGKILL')
  await once(killed, 'exit')
  expect(existsSync(join(folder, 'models', repo, file))).toBe(false)

  hub.onCdn = () => false
  const next = run()
  const [code] = await once(next, 'exit')
  expect(code).toBe(0)
  expect(readFileSync(join(folder, 'models', repo, file))).toEqual(bytes)
  expect(existsSync(partial)).toBe(false)
  const ranges = hub.requests.filter(({ at }) => at === 'cdn').map(({ headers }) => headers.range)
  expect(ranges).toEqual([undefined, `bytes=${half}-`])
})
