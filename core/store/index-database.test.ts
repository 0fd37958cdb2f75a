import { statSync } from 'node:fs'
import { join } from 'node:path'
import { expect, onTestFinished, test } from 'vitest'
import { openIndex, openIndexReadOnly } from './index-database.ts'
import { temporaryFolder } from './store.test-support.ts'

const openBoth = () => {
  const path = join(temporaryFolder(), 'index-notes.db')
  const connections = [openIndex(path), openIndexReadOnly(path)] as const
  onTestFinished(() => {
    for (const connection of connections) connection.close()
  })
  return { path, writing: connections[0], reading: connections[1] }
}

test('an index is readable beside its writer, by connections that cannot write', () => {
  const { writing, reading } = openBoth()
  writing.exec("CREATE TABLE words (word TEXT); INSERT INTO words VALUES ('port')")
  expect(reading.prepare('SELECT word FROM words').pluck().all()).toEqual(['port'])
  expect(() => reading.exec("INSERT INTO words VALUES ('harbour')")).toThrow('readonly')
})

test('both kinds of connections know tables of vectors', () => {
  const { writing, reading } = openBoth()
  writing.exec(
    "CREATE VIRTUAL TABLE v USING vec0 (vector float[2]); INSERT INTO v (vector) VALUES ('[3, 4]')"
  )
  const distance = 'SELECT distance FROM v WHERE vector MATCH ? AND k = 1'
  expect(reading.prepare(distance).pluck().get('[0, 0]')).toBe(5)
})

test.runIf(process.platform !== 'win32')('an index is for its owner alone', () => {
  const { path } = openBoth()
  expect(statSync(path).mode & 0o777).toBe(0o600)
})
