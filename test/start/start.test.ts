import { spawn } from 'node:child_process'
import { chmodSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { text } from 'node:stream/consumers'
import { afterEach, beforeEach, expect, test, vi } from 'vitest'
import { waitUntil } from '../support/wait-until.ts'
import { bin } from './scripts.ts'

// `npm start` as a process. The build is brought up to date by the first of these.
vi.setConfig({ testTimeout: 120_000 })

let folder: string
beforeEach(() => {
  folder = mkdtempSync(path.join(tmpdir(), 'homeport-start-'))
})
afterEach(() => rmSync(folder, { recursive: true, force: true }))

function start(script: string, args: string[], env: Record<string, string>) {
  const child = spawn(process.execPath, [path.join(bin, script), ...args], {
    env: { ...process.env, HOMEPORT_SECRETS: 'file', ...env },
    stdio: ['ignore', 'pipe', 'pipe']
  })
  const output = Promise.all([text(child.stdout), text(child.stderr)])
  let printed = ''
  child.stdout.on('data', (chunk: Buffer) => {
    printed += chunk.toString()
  })
  return {
    ready: () => waitUntil(() => /\n/.test(printed)),
    kill: () => void child.kill('SIGTERM'),
    result: new Promise<{ code: number | null; stdout: string; stderr: string }>((resolve) =>
      child.on('close', async (code) => {
        const [stdout, stderr] = await output
        resolve({ code, stdout, stderr })
      })
    )
  }
}

const headless: [string, Record<string, string>, string][] = [
  ['when asked', { HOMEPORT_HEADLESS: '1' }, 'Headless as asked: running in the browser.\n'],
  [
    'where the Electron binary cannot be had',
    { DISPLAY: ':7', HOMEPORT_ELECTRON: '/nowhere/electron' },
    'No Electron binary here: running in the browser instead.\n'
  ]
]
test.each(headless)('runs in the browser %s, and says so in one line', async (_, env, line) => {
  const started = start('start.mjs', ['--port', '0', '--data-dir', folder], { HOMEPORT_HEADLESS: '', ...env })
  await started.ready()
  started.kill()
  const { code, stdout, stderr } = await started.result
  expect(stdout).toMatch(/^Homeport is ready: http:\/\/127\.0\.0\.1:\d+\/#code=\S+\n$/)
  expect({ code, stderr }).toEqual({ code: 0, stderr: line })
})

/** Stands in for the binary: notes what it was called with. */
function fakeElectron(lastLine: string): string {
  const binary = path.join(folder, 'electron')
  writeFileSync(binary, `#!/bin/sh\necho "$@" > "${path.join(folder, 'called')}"\n${lastLine}\n`)
  chmodSync(binary, 0o755)
  return binary
}

test.skipIf(process.platform === 'win32')(
  'opens the app with the flags it was given, and ends as it does',
  async () => {
    const env = { DISPLAY: ':7', HOMEPORT_HEADLESS: '', HOMEPORT_ELECTRON: fakeElectron('exit 3') }
    const { code, stdout, stderr } = await start('start.mjs', ['--port', '7001'], env).result
    expect({ code, stdout, stderr }).toEqual({ code: 3, stdout: '', stderr: '' })
    expect(readFileSync(path.join(folder, 'called'), 'utf8')).toBe('. --port 7001\n')
  }
)

test.skipIf(process.platform === 'win32')(
  'runs in the browser where the binary lacks a library',
  async () => {
    const env = { DISPLAY: ':7', HOMEPORT_HEADLESS: '', HOMEPORT_ELECTRON: fakeElectron('exit 127') }
    const started = start('start.mjs', ['--port', '0', '--data-dir', path.join(folder, 'data')], env)
    await started.ready()
    started.kill()
    expect(await started.result).toMatchObject({
      code: 0,
      stderr: expect.stringContaining('Electron cannot run')
    })
  }
)

test('the homeport command of the package runs the build', async () => {
  const { code, stdout } = await start('homeport.mjs', ['status', '--json', '--data-dir', folder], {}).result
  expect(code).toBe(0)
  expect(JSON.parse(stdout)).toMatchObject({ running: false })
})
