import { existsSync, mkdirSync, mkdtempSync, readFileSync, rmSync, utimesSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { afterEach, beforeEach, expect, test } from 'vitest'
import { loadElectronScript } from './scripts.ts'

const { fetchElectron, findElectron } = await loadElectronScript()

let root: string
let installer: string
const env = { PATH: process.env.PATH ?? '' }
const file = (name: string) => path.join(root, name)
const runs = () => (existsSync(file('runs')) ? readFileSync(file('runs'), 'utf8').length : 0)
/** Stands in for the installer of the electron package. */
const install = (code: string) =>
  writeFileSync(
    installer,
    `const fs = require('node:fs'), electron = ${JSON.stringify(file('node_modules/electron'))}
     fs.appendFileSync(${JSON.stringify(file('runs'))}, 'x')
     const finish = () => {
       fs.mkdirSync(electron + '/dist', { recursive: true })
       fs.writeFileSync(electron + '/path.txt', 'electron')
       fs.writeFileSync(electron + '/dist/electron', '')
     }
     ${code}`
  )

beforeEach(() => {
  root = mkdtempSync(path.join(tmpdir(), 'homeport-electron-'))
  mkdirSync(file('node_modules/electron'), { recursive: true })
  installer = file('install.cjs')
})
afterEach(() => rmSync(root, { recursive: true, force: true }))

test('the binary is found where the package put it, or where the environment says', () => {
  expect(findElectron(root, {})).toBeNull()
  install('finish()')
  writeFileSync(file('elsewhere'), '')
  expect(findElectron(root, { HOMEPORT_ELECTRON: file('elsewhere') })).toBe(file('elsewhere'))
  expect(findElectron(root, { HOMEPORT_ELECTRON: file('nowhere') })).toBeNull()
})

test('it is fetched once, and leaves no download behind', async () => {
  install(`fs.writeFileSync(require('node:os').tmpdir() + '/zip', 'zip'); finish()`)
  const binary = file('node_modules/electron/dist/electron')
  expect(await fetchElectron(root, { installer, env })).toBe(binary)
  expect(findElectron(root, {})).toBe(binary)
  expect(existsSync(file('out/.electron-unavailable'))).toBe(false)
  expect(existsSync(path.join(tmpdir(), 'zip'))).toBe(false)
})

test('a failure is remembered for some hours', async () => {
  install('process.exit(1)')
  expect(await fetchElectron(root, { installer, env })).toBeNull()
  expect(await fetchElectron(root, { installer, env })).toBeNull()
  expect(runs()).toBe(1)
  const yesterday = new Date(Date.now() - 86_400_000)
  utimesSync(file('out/.electron-unavailable'), yesterday, yesterday)
  install('finish()')
  expect(await fetchElectron(root, { installer, env })).not.toBeNull()
})

test('an installer to which nothing comes, or nothing more, is given up', async () => {
  install('setInterval(() => {}, 1000)')
  expect(await fetchElectron(root, { installer, env, firstByteMs: 600 })).toBeNull()
  rmSync(file('out'), { recursive: true })
  install(`fs.writeFileSync(require('node:os').tmpdir() + '/zip', 'some'); setInterval(() => {}, 1000)`)
  expect(await fetchElectron(root, { installer, env, firstByteMs: 600, stallMs: 600 })).toBeNull()
})

test('one that goes on and on is given up too', async () => {
  install(`setInterval(() => fs.appendFileSync(require('node:os').tmpdir() + '/zip', 'more'), 50)`)
  expect(await fetchElectron(root, { installer, env, firstByteMs: 5000, longestMs: 800 })).toBeNull()
})

test('nothing is fetched where the environment names a binary', async () => {
  install('finish()')
  expect(await fetchElectron(root, { installer, env: { HOMEPORT_ELECTRON: file('nowhere') } })).toBeNull()
  expect(runs()).toBe(0)
})
