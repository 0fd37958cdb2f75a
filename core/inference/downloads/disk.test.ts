import { existsSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, expect, test } from 'vitest'
import { diskProblem, freeBytesOf, moveIntoPlace, requireSpace } from './disk.ts'

let folder: string
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'homeport-disk-'))
})
afterEach(() => rmSync(folder, { recursive: true }))

test('a file is moved into folders that are not there yet', async () => {
  const from = join(folder, 'from')
  const to = join(folder, 'a/b/to')
  writeFileSync(from, 'model')
  await moveIntoPlace(from, to)
  expect(readFileSync(to, 'utf8')).toBe('model')
  expect(existsSync(from)).toBe(false)
})

test('a file that is there is never replaced', async () => {
  const from = join(folder, 'from')
  const to = join(folder, 'to')
  writeFileSync(from, 'new')
  writeFileSync(to, 'mine')
  await expect(moveIntoPlace(from, to)).rejects.toMatchObject({ code: 'conflict' })
  expect(readFileSync(to, 'utf8')).toBe('mine')
  expect(readFileSync(from, 'utf8')).toBe('new')
})

test('room is left for all else', async () => {
  expect(await freeBytesOf(folder)).toBeGreaterThan(0)
  expect(() => requireSpace(10e9, 9e9)).not.toThrow()
  expect(() => requireSpace(10e9, 9.9e9)).toThrow(/needs 9\.9 GB, and 9\.5 GB can be used/)
  expect(() => requireSpace(0, 2e6)).toThrow(/needs 2 MB, and 0 MB/)
})

test.skipIf(!existsSync('/dev/full'))('a disk that is full is said to be', async () => {
  const error = await writeFile('/dev/full', 'x').catch((reason: unknown) => reason)
  expect(diskProblem(error)).toMatchObject({
    code: 'unavailable',
    message: 'The disk is full.',
    retryable: false
  })
})

test('other errors are left as they are', () => {
  const error = new Error('x')
  expect(diskProblem(error)).toBe(error)
})
