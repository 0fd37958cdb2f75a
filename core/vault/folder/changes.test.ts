import { expect, test } from 'vitest'
import type { KnownFile } from '../../retrieval/knowledge-index.ts'
import { changesOf } from './changes.ts'
import type { Scan } from './scan.ts'

const known = (path: string, status: KnownFile['status'] = 'indexed'): [string, KnownFile] => [
  path,
  { path, modifiedAt: 1, bytes: 1, hash: new Uint8Array(1), status }
]
const scanOf = (paths: string[], more: Partial<Scan> = {}): Scan => ({
  files: new Map(
    paths.map((path) => [path, { path, diskPath: path, modifiedAt: 1, bytes: 1, createdAt: null }])
  ),
  links: [],
  unreadable: [],
  isEmpty: false,
  ...more
})
const read = (changes: ReturnType<typeof changesOf>) => changes.toRead.map(({ path }) => path)
const gone = (changes: ReturnType<typeof changesOf>) => changes.gone.map(({ path }) => path)

test('reads what is new, changed, waiting or failed before, and nothing else', () => {
  const files = new Map([
    known('same'),
    known('waits', 'pending'),
    known('failed', 'failed'),
    known('left', 'skipped')
  ])
  const changes = changesOf(files, scanOf(['same', 'waits', 'failed', 'left', 'new']), null)
  expect(read(changes)).toEqual(['waits', 'failed', 'new'])
  expect(changes.unknown.map(({ path }) => path)).toEqual(['new'])
})

test('reads a file that something happened to, whatever its time says', () => {
  expect(read(changesOf(new Map([known('a')]), scanOf(['a']), ['a']))).toEqual(['a'])
})

test('misses only what stood where it was looked', () => {
  const files = new Map([known('a'), known('sub/b'), known('subway')])
  expect(gone(changesOf(files, scanOf([]), ['sub']))).toEqual(['sub/b'])
  expect(gone(changesOf(files, scanOf(['a']), null))).toEqual(['sub/b', 'subway'])
})

test('keeps what stands in a folder that cannot be read', () => {
  const files = new Map([known('closed/a'), known('open/b')])
  expect(gone(changesOf(files, scanOf([], { unreadable: ['closed'] }), null))).toEqual(['open/b'])
})
