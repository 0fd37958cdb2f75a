import { readFileSync } from 'node:fs'
import { expect, onTestFinished, test } from 'vitest'
import { silentLogger } from '../lib/logger.ts'
import { databasePath, openReadable } from './connection.ts'
import {
  insertNote,
  migrationsOf,
  notesTable,
  noteTexts,
  openTestStore,
  temporaryFolder
} from './store.test-support.ts'
import { createWriter } from './writer.ts'

/** Commits in a write-ahead log: frames whose header says how many pages the database has after them. */
function commitsInLog(path: string): number {
  const log = readFileSync(`${path}-wal`)
  const frameSize = 24 + log.readUInt32BE(8)
  let commits = 0
  for (let at = 32; at + frameSize <= log.length; at += frameSize)
    if (log.readUInt32BE(at + 4) > 0) commits += 1
  return commits
}

test('writes of one tick share one commit', async () => {
  const dataDir = temporaryFolder()
  const store = await openTestStore(dataDir)
  await Promise.all(Array.from({ length: 200 }, (_, n) => store.write('homeport', [insertNote(`${n}`)])))
  expect(noteTexts(store)).toHaveLength(200)
  expect(commitsInLog(databasePath(dataDir, 'homeport'))).toBe(1)
})

test('writes that arrive while a commit is under way share the next one', async () => {
  const dataDir = temporaryFolder()
  const store = await openTestStore(dataDir)
  const writes: Promise<unknown>[] = []
  for (let n = 0; n < 200; n += 1) {
    writes.push(store.write('homeport', [insertNote(`${n}`)]))
    await Promise.resolve()
  }
  await Promise.all(writes)
  expect(commitsInLog(databasePath(dataDir, 'homeport'))).toBeLessThan(20)
})

test('writes that may go soon share a commit across ticks, and keep their place before one that goes now', async () => {
  const dataDir = temporaryFolder()
  const store = await openTestStore(dataDir)
  const writes: Promise<unknown>[] = []
  for (let n = 0; n < 20; n += 1) {
    writes.push(store.write('homeport', [insertNote(`soon ${n}`)], 'soon'))
    await new Promise(setImmediate)
  }
  writes.push(store.write('homeport', [insertNote('now')]))
  await Promise.all(writes)
  expect(noteTexts(store)).toEqual([...Array.from({ length: 20 }, (_, n) => `soon ${n}`), 'now'])
  expect(commitsInLog(databasePath(dataDir, 'homeport'))).toBeLessThan(5)
})

test('writes that may go soon are on disk when the store is closed at once', async () => {
  const dataDir = temporaryFolder()
  const store = await openTestStore(dataDir)
  const write = store.write('homeport', [insertNote('last words')], 'soon')
  await store.close()
  await write
  const reader = openReadable(databasePath(dataDir, 'homeport'))
  onTestFinished(() => void reader.close())
  expect(reader.prepare('SELECT count(*) FROM notes').pluck().get()).toBe(1)
})

test('a write is readable once it is acknowledged, and writes take effect in the order of calls', async () => {
  const store = await openTestStore(temporaryFolder())
  const texts = Array.from({ length: 50 }, (_, n) => `${n}`)
  await Promise.all(texts.map((text) => store.write('homeport', [insertNote(text)])))
  expect(noteTexts(store)).toEqual(texts)
})

test('a failing write takes nothing of its own and nobody else along', async () => {
  const store = await openTestStore(temporaryFolder())
  const results = await Promise.allSettled([
    store.write('homeport', [insertNote('first')]),
    store.write('homeport', [insertNote('half'), insertNote('first')]),
    store.write('homeport', [{ sql: 'INSERT INTO nowhere VALUES (1)' }]),
    store.write('homeport', [insertNote('last')])
  ])
  expect(results.map((result) => result.status)).toEqual(['fulfilled', 'rejected', 'rejected', 'fulfilled'])
  expect(results[1]).toMatchObject({ reason: { name: 'HomeportError', code: 'conflict' } })
  expect(results[2]).toMatchObject({ reason: { name: 'HomeportError', code: 'internal' } })
  expect(noteTexts(store)).toEqual(['first', 'last'])
})

test('many failing writes among others are told apart', async () => {
  const store = await openTestStore(temporaryFolder())
  const texts = Array.from({ length: 60 }, (_, n) => `${n - (n % 3 === 2 ? 1 : 0)}`)
  const results = await Promise.allSettled(
    texts.map((text) =>
      store.write('homeport', [{ ...insertNote(text), sql: `${insertNote(text).sql} RETURNING text` }])
    )
  )
  for (const [n, result] of results.entries())
    expect(result).toMatchObject(
      n % 3 === 2
        ? { status: 'rejected', reason: { code: 'conflict' } }
        : { status: 'fulfilled', value: [{ changes: 1, rows: [{ text: `${n}` }] }] }
    )
  expect(noteTexts(store)).toEqual(texts.filter((_, n) => n % 3 !== 2))
})

test('a write that fails only at the commit takes nobody else along', async () => {
  const store = await openTestStore(
    temporaryFolder(),
    migrationsOf(
      notesTable,
      'CREATE TABLE links (note INTEGER REFERENCES notes (id) DEFERRABLE INITIALLY DEFERRED)'
    )
  )
  const results = await Promise.allSettled([
    store.write('homeport', [insertNote('first')]),
    store.write('homeport', [{ sql: 'INSERT INTO links (note) VALUES (99)' }]),
    store.write('homeport', [insertNote('last')])
  ])
  expect(results.map((result) => result.status)).toEqual(['fulfilled', 'rejected', 'fulfilled'])
  expect(noteTexts(store)).toEqual(['first', 'last'])
})

test('tells changed rows, and the rows of RETURNING', async () => {
  const store = await openTestStore(temporaryFolder())
  const results = await store.write('homeport', [
    insertNote('a'),
    { sql: 'INSERT INTO notes (text) VALUES (?), (?) RETURNING id, text', params: ['b', 'c'] },
    { sql: "UPDATE notes SET text = text || '!'" }
  ])
  expect(results).toEqual([
    { changes: 1, rows: [] },
    {
      changes: 2,
      rows: [
        { id: 2, text: 'b' },
        { id: 3, text: 'c' }
      ]
    },
    { changes: 3, rows: [] }
  ])
})

test('enforces foreign keys', async () => {
  const store = await openTestStore(
    temporaryFolder(),
    migrationsOf('CREATE TABLE a (id INTEGER PRIMARY KEY); CREATE TABLE b (a INTEGER REFERENCES a (id))')
  )
  const orphan = store.write('homeport', [{ sql: 'INSERT INTO b (a) VALUES (7)' }])
  await expect(orphan).rejects.toMatchObject({ code: 'internal' })
})

test('runs another statement where the first changes nothing', async () => {
  const store = await openTestStore(temporaryFolder())
  const rename = (to: string) => ({
    sql: 'UPDATE notes SET text = ? WHERE text = ?',
    params: [to, 'a'],
    otherwise: insertNote('a')
  })
  expect(await store.write('homeport', [rename('b')])).toMatchObject([{ changes: 1 }])
  expect(noteTexts(store)).toEqual(['a'])
  await store.write('homeport', [rename('b')])
  expect(noteTexts(store)).toEqual(['b'])
})

test('compresses in the writer and reads back the text', async () => {
  const store = await openTestStore(temporaryFolder(), migrationsOf('CREATE TABLE bodies (body BLOB)'))
  const body = 'Grüße, 世界! '.repeat(2000)
  const sql = 'INSERT INTO bodies (body) VALUES (?)'
  await store.write('homeport', [
    { sql, params: [{ zstd: body }] },
    { sql, params: [{ zstd: new TextEncoder().encode(body) }] },
    { sql, params: [null] }
  ])
  const rows = store.homeport.all<{ size: number | null; text: string | null }>(
    'SELECT length(body) AS size, unzstd(body) AS text FROM bodies'
  )
  expect(rows.map((row) => row.text)).toEqual([body, body, null])
  expect(rows[0]?.size).toBeLessThan(body.length / 20)
})

test('readers cannot write', async () => {
  const store = await openTestStore(temporaryFolder())
  expect(() => store.homeport.all("INSERT INTO notes (text) VALUES ('x') RETURNING id")).toThrow()
  expect(noteTexts(store)).toEqual([])
})

test('a full database is a clear error, keeps what was acknowledged, and later writes work again', async () => {
  const store = await openTestStore(temporaryFolder())
  await store.write('homeport', [insertNote('before')])
  await store.write('homeport', [{ sql: 'PRAGMA max_page_count = 12' }])
  const big = 'x'.repeat(100_000)
  const results = await Promise.allSettled([
    store.write('homeport', [insertNote('small')]),
    store.write('homeport', [insertNote(big)]),
    store.write('homeport', [insertNote('small too')])
  ])
  expect(results.map((result) => result.status)).toEqual(['fulfilled', 'rejected', 'fulfilled'])
  expect(results[1]).toMatchObject({ reason: { code: 'unavailable', retryable: true } })
  await store.write('homeport', [{ sql: 'PRAGMA max_page_count = 100000' }])
  await store.write('homeport', [insertNote(big)])
  expect(noteTexts(store)).toEqual(['before', 'small', 'small too', big])
})

test('a writer that dies rejects what it had, and the next write starts another', async () => {
  const dataDir = temporaryFolder()
  const store = await openTestStore(dataDir)
  const writer = createWriter({
    paths: { homeport: databasePath(dataDir, 'homeport'), traces: databasePath(dataDir, 'traces') },
    logger: silentLogger,
    entry: new URL('./test-processes/mortal-writer.worker.ts', import.meta.url)
  })
  onTestFinished(() => writer.close())
  await writer.write('homeport', [insertNote('kept')])
  const lost = await Promise.allSettled([
    writer.write('homeport', [insertNote('lost')]),
    writer.write('homeport', [{ sql: 'die' }])
  ])
  expect(lost).toMatchObject([{ reason: { code: 'unavailable' } }, { reason: { code: 'unavailable' } }])
  await writer.write('homeport', [insertNote('after')])
  expect(noteTexts(store)).toEqual(['kept', 'after'])
})

test('closing waits for queued writes and refuses later ones', async () => {
  const dataDir = temporaryFolder()
  const store = await openTestStore(dataDir, migrationsOf(notesTable))
  const write = store.write('homeport', [insertNote('just in time')])
  await store.close()
  await expect(write).resolves.toHaveLength(1)
  await expect(store.write('homeport', [insertNote('late')])).rejects.toMatchObject({ code: 'unavailable' })
  const reader = openReadable(databasePath(dataDir, 'homeport'))
  onTestFinished(() => void reader.close())
  expect(reader.prepare('SELECT text FROM notes').pluck().all()).toEqual(['just in time'])
})
