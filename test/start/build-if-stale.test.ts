import { existsSync, mkdirSync, mkdtempSync, readFileSync, rmSync, utimesSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { afterEach, beforeEach, expect, test, vi } from 'vitest'
import { loadBuildScript } from './scripts.ts'

const { buildIfStale, isStale, sourceFingerprint } = await loadBuildScript()

let root: string
const file = (name: string) => path.join(root, name)
const write = (name: string, text: string) => {
  mkdirSync(path.dirname(file(name)), { recursive: true })
  writeFileSync(file(name), text)
}
/** A bundler that notes its run and writes what a build writes. */
const bundler = (outputs: string[], exit = 0) => `
  const fs = require('node:fs')
  fs.appendFileSync('runs', 'x')
  for (const path of ${JSON.stringify(outputs)}) {
    fs.mkdirSync(require('node:path').dirname(path), { recursive: true })
    fs.writeFileSync(path, '')
  }
  console.log('words of the bundler')
  process.exit(${exit})`
const outputs = [
  'out/main/cli.mjs',
  'out/main/main.mjs',
  'out/preload/preload.cjs',
  'out/renderer/index.html'
]
const runs = () => (existsSync(file('runs')) ? readFileSync(file('runs'), 'utf8').length : 0)

beforeEach(() => {
  root = mkdtempSync(path.join(tmpdir(), 'homeport-build-'))
  write('node_modules/electron-vite/bin/electron-vite.js', bundler(outputs))
  write('core/a.ts', 'a')
  write('core/a.test.ts', 'test')
  write('package.json', '{"type":"commonjs"}')
})
afterEach(() => {
  vi.restoreAllMocks()
  rmSync(root, { recursive: true, force: true })
})

test('builds once, and not again while the sources stay the same', () => {
  expect(isStale(root)).toBe(true)
  expect(buildIfStale(root)).toBe(true)
  expect(buildIfStale(root)).toBe(true)
  expect(runs()).toBe(1)
  expect(isStale(root)).toBe(false)
})

test('builds again after a source, a configuration or a new file, and when an output is gone', () => {
  const changes = [
    () => write('core/a.ts', 'b'),
    () => write('renderer/new.tsx', ''),
    () => write('package-lock.json', '{}'),
    () => rmSync(file('core/a.ts')),
    () => rmSync(file('out/renderer/index.html'))
  ]
  buildIfStale(root)
  for (const [index, change] of changes.entries()) {
    change()
    expect(isStale(root), String(change)).toBe(true)
    buildIfStale(root)
    expect(runs()).toBe(index + 2)
  }
})

test('tests, start scripts and times of files make nothing stale', () => {
  buildIfStale(root)
  write('core/a.test.ts', 'another test')
  write('resources/bin/start.mjs', '')
  utimesSync(file('core/a.ts'), new Date(), new Date())
  expect(isStale(root)).toBe(false)
})

test('a moved text is another source', () => {
  const before = sourceFingerprint(root)
  write('core/b.ts', 'a')
  rmSync(file('core/a.ts'))
  expect(sourceFingerprint(root)).not.toBe(before)
})

test('the words of the bundler are shown when it fails, and only then; the next start tries again', () => {
  const said = vi.spyOn(process.stderr, 'write').mockReturnValue(true)
  buildIfStale(root)
  expect(said).not.toHaveBeenCalled()
  write('core/a.ts', 'broken')
  write('node_modules/electron-vite/bin/electron-vite.js', bundler(outputs, 1))
  expect(buildIfStale(root)).toBe(false)
  expect(String(said.mock.calls)).toContain('words of the bundler')
  expect(isStale(root)).toBe(true)
})

test('a bundler that leaves something out has failed', () => {
  vi.spyOn(process.stderr, 'write').mockReturnValue(true)
  write('node_modules/electron-vite/bin/electron-vite.js', bundler(['out/main/cli.mjs']))
  expect(buildIfStale(root)).toBe(false)
})

test('a lock left by a killed build is taken over', () => {
  write('out/.building', '2147483646')
  expect(buildIfStale(root)).toBe(true)
  expect(existsSync(file('out/.building'))).toBe(false)
})
