import { join } from 'node:path'
import { expect, test } from 'vitest'
import { partNames } from './part-names.ts'
import { targetPath } from './target-path.ts'

test('is the file in a folder of its repository, without its own folders', () => {
  expect(targetPath('/m', 'owner/name', 'Q4/model.gguf')).toBe(join('/m', 'owner', 'name', 'model.gguf'))
})

test.each([
  ['owner/name', '../../evil.gguf'],
  ['owner/name', 'a/../b.gguf'],
  ['owner/name', '/etc/evil.gguf'],
  ['owner/name', '..\\..\\evil.gguf'],
  ['owner/name', 'C:\\evil.gguf'],
  ['owner/name', 'a//b.gguf'],
  ['owner/name', '..'],
  ['owner/name', ''],
  ['../..', 'model.gguf'],
  ['./.', 'model.gguf'],
  ['owner/..', 'model.gguf'],
  ['owner', 'model.gguf'],
  ['a/b/c', 'model.gguf'],
  ['owner/name', 'config.json'],
  ['owner/name', 'model.gguf.exe'],
  ['owner/name', 'model-00002-of-00003.gguf'],
  ['owner/name', `${'x'.repeat(300)}.gguf`]
])('is refused for %s %s', (repo, file) => {
  expect(() => targetPath('/m', repo, file)).toThrow(expect.objectContaining({ code: 'bad-request' }))
})

test.each([
  ['owner/name', 'con.gguf', 'owner/name/_con.gguf'],
  ['owner/name', 'COM1.Q4.gguf', 'owner/name/_COM1.Q4.gguf'],
  ['nul/aux', 'model.gguf', '_nul/_aux/model.gguf'],
  ['owner./name.', 'model.gguf', 'owner_/name_/model.gguf'],
  ['owner/name', 'stream:$DATA.gguf', 'owner/name/stream_$DATA.gguf'],
  ['owner/name', 'a\u202efgu.gguf', 'owner/name/a_fgu.gguf'],
  ['owner/name', '.hidden.gguf', 'owner/name/_hidden.gguf']
])('can stand on every system: %s %s', (repo, file, path) => {
  expect(targetPath('/m', repo, file)).toBe(join('/m', ...path.split('/')))
})

test('parts of a split model are named like its first', () => {
  expect(partNames('Q4/big-00001-of-00002.gguf')).toEqual([
    'Q4/big-00001-of-00002.gguf',
    'Q4/big-00002-of-00002.gguf'
  ])
  expect(partNames('one.gguf')).toEqual(['one.gguf'])
  expect(() => partNames('big-00001-of-99999.gguf')).toThrow(expect.objectContaining({ code: 'bad-request' }))
})
