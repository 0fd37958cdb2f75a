import { chmodSync, existsSync, mkdirSync, readdirSync, statSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { setImmediate } from 'node:timers/promises'
import { setFlagsFromString } from 'node:v8'
import { runInNewContext } from 'node:vm'
import { describe, expect, test } from 'vitest'
import { silentLogger } from '../lib/logger.ts'
import { readDaemonFile, removeDaemonFile, writeDaemonFile } from './daemon-file.ts'
import { defaultDataDir, prepareDataFolder } from './data-folder.ts'
import { acquireFolderLock } from './folder-lock.ts'
import { backupIfDue } from './integrity.ts'
import { insertNote, openTestStore, startProcess, temporaryFolder } from './store.test-support.ts'

const posix = process.platform !== 'win32'
const modeOf = (path: string): number => statSync(path).mode & 0o777
const file = { pid: 1, port: 7678, version: '0.1.0', controlToken: 'secret' }

test('HOMEPORT_HOME says where the data lives', () => {
  const elsewhere = temporaryFolder()
  expect(defaultDataDir({ HOMEPORT_HOME: elsewhere })).toBe(elsewhere)
  expect(defaultDataDir({})).toMatch(/Homeport/i)
})

describe.runIf(posix)('on systems with file modes', () => {
  test('a new data folder is for its owner alone, and so is every file in it', async () => {
    const dataDir = join(temporaryFolder(), 'deep', 'data')
    expect(prepareDataFolder(dataDir)).toEqual([])
    const lock = acquireFolderLock(dataDir)
    const store = await openTestStore(dataDir)
    await store.write('homeport', [insertNote('a')])
    await store.write('traces', [{ sql: 'CREATE TABLE t (a)' }])
    await backupIfDue({ dataDir, logger: silentLogger })
    writeDaemonFile(dataDir, file)
    const files = readdirSync(dataDir, { recursive: true, withFileTypes: true })
    const modes = files.map((entry) => [entry.name, modeOf(join(entry.parentPath, entry.name)).toString(8)])
    lock.release()
    expect(modeOf(dataDir)).toBe(0o700)
    expect(modes.length).toBeGreaterThan(8)
    expect(modes.filter(([, mode]) => mode !== '600' && mode !== '700')).toEqual([])
  })

  test('a folder others may only read is closed to them, and the person told', () => {
    const dataDir = temporaryFolder()
    writeFileSync(join(dataDir, 'something'), '')
    chmodSync(dataDir, 0o755)
    expect(prepareDataFolder(dataDir)).toEqual([expect.stringMatching(/open to other users/)])
    expect(modeOf(dataDir)).toBe(0o700)
    expect(prepareDataFolder(dataDir)).toEqual([])
  })

  test('a folder others could have put files into is refused', () => {
    const dataDir = temporaryFolder()
    writeFileSync(join(dataDir, 'planted'), '')
    chmodSync(dataDir, 0o777)
    expect(() => prepareDataFolder(dataDir)).toThrow(/write into the data folder/)
    expect(modeOf(dataDir)).toBe(0o777)
  })

  test('a daemon.json that others can read is refused, at start and when read', () => {
    const dataDir = temporaryFolder()
    writeDaemonFile(dataDir, file)
    chmodSync(join(dataDir, 'daemon.json'), 0o640)
    expect(() => prepareDataFolder(dataDir)).toThrow(/Other users/)
    expect(() => readDaemonFile(dataDir)).toThrow(/Other users/)
  })
})

test('a data folder that cannot be created is a clear error', () => {
  const blocked = join(temporaryFolder(), 'file')
  writeFileSync(blocked, '')
  expect(() => prepareDataFolder(join(blocked, 'data'))).toThrow(/cannot be created/)
})

test('daemon.json is written whole, read back and removed', () => {
  const dataDir = temporaryFolder()
  expect(readDaemonFile(dataDir)).toBeNull()
  writeDaemonFile(dataDir, { ...file, port: 1 })
  writeDaemonFile(dataDir, file)
  expect(readDaemonFile(dataDir)).toEqual(file)
  expect(readdirSync(dataDir)).toEqual(['daemon.json'])
  removeDaemonFile(dataDir)
  removeDaemonFile(dataDir)
  expect(readDaemonFile(dataDir)).toBeNull()
})

test.each(['', '{"pid":', '[]', '{"pid":"1"}'])('a daemon.json of %j counts as none', (text) => {
  const dataDir = temporaryFolder()
  writeFileSync(join(dataDir, 'daemon.json'), text, { mode: 0o600 })
  expect(readDaemonFile(dataDir)).toBeNull()
})

test('a folder has one owner, and is free again after release', () => {
  const dataDir = temporaryFolder()
  mkdirSync(dataDir, { recursive: true })
  const lock = acquireFolderLock(dataDir)
  expect(() => acquireFolderLock(dataDir)).toThrow(expect.objectContaining({ code: 'folder-locked' }))
  lock.release()
  acquireFolderLock(dataDir).release()
  expect(existsSync(join(dataDir, 'lock.db'))).toBe(true)
})

test('the lock holds when memory is tidied, though nobody kept what it was given', async () => {
  const dataDir = temporaryFolder()
  mkdirSync(dataDir, { recursive: true })
  setFlagsFromString('--expose-gc')
  const tidy: () => void = runInNewContext('gc')
  acquireFolderLock(dataDir)
  for (let round = 0; round < 3; round++) {
    await setImmediate()
    tidy()
  }
  expect(() => acquireFolderLock(dataDir)).toThrow(expect.objectContaining({ code: 'folder-locked' }))
})

test('the lock of another process holds until that process is killed', async () => {
  const dataDir = temporaryFolder()
  const owner = startProcess(new URL('./test-processes/hold-lock.ts', import.meta.url), dataDir)
  await new Promise((resolve) => owner.stdout?.once('data', resolve))
  expect(() => acquireFolderLock(dataDir)).toThrow(expect.objectContaining({ code: 'folder-locked' }))
  const exited = new Promise((resolve) => owner.once('exit', resolve))
  owner.kill('SIGKILL')
  await exited
  acquireFolderLock(dataDir).release()
})
