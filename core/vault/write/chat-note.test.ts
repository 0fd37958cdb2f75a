import {
  existsSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  symlinkSync,
  writeFileSync
} from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, expect, test } from 'vitest'
import type { ChatMessage } from '../../contract/chats.ts'
import type { Citation } from '../../contract/knowledge.ts'
import { frontmatter } from '../parse/frontmatter.ts'
import { type NotedChat, saveChatNote } from './chat-note.ts'
import { noteName } from './note-name.ts'
import { type NoteFolder, writeNote } from './write-note.ts'

let base: string
let source: NoteFolder
beforeEach(() => {
  base = mkdtempSync(join(tmpdir(), 'homeport-notes-'))
  source = { id: 'vault', kind: 'vault', folder: join(base, 'vault') }
  mkdirSync(source.folder)
})
afterEach(() => rmSync(base, { recursive: true, force: true }))

const note = { folder: 'Homeport', name: 'Bread', text: 'Salt.' }
const textOf = (path: string): string => readFileSync(join(source.folder, path), 'utf8')

const citationOf = (number: number, changed: Partial<Citation> = {}): Citation => ({
  number,
  supported: true,
  sourceId: 'vault',
  path: 'Food/Bread.md',
  kind: 'markdown',
  title: 'Bread',
  headings: ['Dough', 'Rest: long'],
  text: '',
  start: 0,
  end: 0,
  page: null,
  tags: [],
  modifiedAt: 0,
  obsidianUrl: null,
  ...changed
})
const messageOf = (id: string, parentId: string | null, changed: Partial<ChatMessage>): ChatMessage => ({
  id,
  chatId: 'chat-1',
  parentId,
  role: 'user',
  text: '',
  reasoning: '',
  status: 'complete',
  error: null,
  info: null,
  createdAt: 0,
  ...changed
})
const answerOf = (id: string, parentId: string, text: string, nanoUsd: number, citations: Citation[] = []) =>
  messageOf(id, parentId, {
    role: 'assistant',
    text,
    citations,
    info: {
      model: 'up/m',
      traceId: `trace-${id}`,
      firstTokenMs: null,
      durationMs: null,
      usage: null,
      cost: { kind: 'priced', nanoUsd, source: 'test' }
    }
  })
const chat: NotedChat = {
  id: 'chat-1',
  title: 'Bread: how long?',
  activeLeafId: 'd',
  messages: [
    messageOf('a', null, { text: 'How long\ndoes it rest?' }),
    answerOf('b', 'a', 'Three hours [1].', 1_500_000, [
      citationOf(1),
      citationOf(2, { supported: null, path: 'Other.md' })
    ]),
    messageOf('x', 'b', { text: 'a branch that is not shown' }),
    messageOf('c', 'b', { text: 'And the trip?' }),
    answerOf('d', 'c', 'See page 4 [1].', 500_000, [citationOf(1, { path: 'Trip.pdf', page: 4 })])
  ]
}
const now = new Date(2026, 10, 21, 14, 5)
const save = (wanted: Partial<Parameters<typeof saveChatNote>[2]> = {}) =>
  saveChatNote(source, chat, { folder: 'Homeport', ...wanted }, now)

test('saves an answer with its question, where it comes from and what it cost', async () => {
  const saved = await save({ messageId: 'b' })
  expect(saved).toEqual({
    sourceId: 'vault',
    path: 'Homeport/Bread how long.md',
    obsidianUrl: 'obsidian://open?vault=vault&file=Homeport%2FBread%20how%20long'
  })
  expect(textOf(saved.path)).toBe(`---
date: "2026-11-21T14:05"
model: "up/m"
cost: "$0.0015"
sources:
  - "[[Food/Bread#Rest long]]"
homeport-chat: "chat-1"
homeport-trace: "trace-b"
---

> How long
> does it rest?

Three hours [1].

Sources: [1] [[Food/Bread#Rest long]]
`)
})

test('saves a whole chat as it is shown', async () => {
  const { path } = await save({ name: 'Trip' })
  const text = textOf(path)
  expect(text.match(/^## .*$/gm)).toEqual(['## You', '## up/m', '## You', '## up/m'])
  expect(text).toContain('cost: "$0.002"')
  expect(text).toContain('Sources: [1] [[Trip.pdf#page=4]]')
  expect(text).not.toContain('a branch')
})

test('fills a template in once, keeps its own properties and adds the others', async () => {
  mkdirSync(join(source.folder, 'Templates'))
  writeFileSync(
    join(source.folder, 'Templates/Answer.md'),
    '---\ntags: [ai]\nmodel: mine\n---\n# {{title}} ({{date}} {{ time }}, {{model}}, {{cost}})\n{{content}}\n{{unknown}}\n{{sources}}\n'
  )
  const braces = { ...chat, messages: [answerOf('b', 'a', 'Write {{title}}.', 0)] }
  const saved = await saveChatNote(
    source,
    braces,
    { folder: '', messageId: 'b', name: 'T', template: 'Templates/Answer.md' },
    now
  )
  const text = textOf(saved.path)
  expect(text).toMatch(/^---\ntags: \[ai\]\nmodel: mine\ndate: /)
  expect(text.match(/^model:/gm)).toHaveLength(1)
  expect(text).toContain('# T (2026-11-21 14:05, up/m, $0.00)\nWrite {{title}}.\n{{unknown}}\n')
})

test('keeps the properties of a template valid, whatever is filled in', async () => {
  writeFileSync(
    join(source.folder, 'T.md'),
    '---\nrule: a---\ntitle: {{title}}\nasked: "{{question}}"\nlinks: {{sources}}\nlabel: "from {{title}}"\n---\n{{content}}\n'
  )
  const wanted = { folder: '', messageId: 'b', name: 'Is "it": so?', template: 'T.md' }
  const { properties, problem } = frontmatter(textOf((await save(wanted)).path))
  expect(problem).toBeNull()
  expect(properties).toMatchObject({
    rule: 'a---',
    title: 'Is "it": so?',
    asked: 'How long\ndoes it rest?',
    links: ['[[Food/Bread#Rest long]]'],
    label: "from Is 'it': so?",
    model: 'up/m'
  })
})

test('never touches a note that is there', async () => {
  const paths = []
  for (let i = 0; i < 3; i++) paths.push((await writeNote(source, { ...note, text: String(i) })).path)
  expect(paths).toEqual(['Homeport/Bread.md', 'Homeport/Bread 2.md', 'Homeport/Bread 3.md'])
  expect(paths.map(textOf)).toEqual(['0', '1', '2'])
  const atOnce = await Promise.all(
    Array.from({ length: 20 }, () => writeNote(source, { ...note, name: 'Same' }))
  )
  expect(new Set(atOnce.map(({ path }) => path)).size).toBe(20)
  expect(readdirSync(join(source.folder, 'Homeport')).filter((name) => !name.endsWith('.md'))).toEqual([])
})

test.each([
  '../out',
  'a/../../out',
  '/etc',
  '..\\out',
  'C:\\x',
  'C:/x',
  '.obsidian/plugins',
  'a/.hidden',
  'a\0b',
  '\\\\?\\x',
  '..'
])('refuses to write to %j', async (folder) => {
  await expect(writeNote(source, { ...note, folder })).rejects.toMatchObject({ code: 'bad-request' })
  expect(readdirSync(base)).toEqual(['vault'])
  expect(readdirSync(source.folder)).toEqual([])
})

test('follows no link out of the source, to write or to read a template', async () => {
  const outside = join(base, 'vault-evil')
  mkdirSync(outside)
  writeFileSync(join(outside, 'secret.md'), 'secret')
  symlinkSync(outside, join(source.folder, 'way'))
  symlinkSync(join(outside, 'secret.md'), join(source.folder, 'T.md'))
  await expect(writeNote(source, { ...note, folder: 'way' })).rejects.toMatchObject({ code: 'not-allowed' })
  await expect(writeNote(source, { ...note, folder: 'way/deep' })).rejects.toMatchObject({
    code: 'not-allowed'
  })
  await expect(save({ template: 'T.md' })).rejects.toMatchObject({ code: 'not-allowed' })
  symlinkSync(join(outside, 'new.md'), join(source.folder, 'Bread.md'))
  const { path } = await writeNote(source, { ...note, folder: '' })
  expect([path, readdirSync(outside)]).toEqual(['Bread 2.md', ['secret.md']])
})

test('says so where the folder is gone, the template is none, and the message is none', async () => {
  await expect(save({ template: 'Nowhere.md' })).rejects.toMatchObject({
    code: 'not-found',
    param: 'template'
  })
  await expect(save({ messageId: 'zzz' })).rejects.toMatchObject({ code: 'not-found' })
  await expect(save({ messageId: 'a' })).rejects.toMatchObject({ code: 'bad-request' })
  rmSync(source.folder, { recursive: true })
  await expect(save()).rejects.toMatchObject({ code: 'unavailable' })
  expect(existsSync(source.folder)).toBe(false)
})

test.each([
  ['What? A/B: "c" <d>|e*', 'What A B c d e'],
  ['../../etc/passwd', 'etc passwd'],
  ['CON', 'CON note'],
  ['nul.txt', 'nul txt note'],
  ['Ends with dots... ', 'Ends with dots'],
  ['Link [[x]] #tag ^id', 'Link x tag id'],
  ['a\u202eb\u200bc\n', 'a b c'],
  ['Bread.md', 'Bread'],
  ['cafe\u0301', 'café'],
  ['???', 'Note'],
  ['', 'Note']
])('names a file for %j', (wanted, name) => {
  expect(noteName(wanted)).toBe(name)
})

test('cuts a long name at a whole character', () => {
  expect(noteName('👩‍👩‍👧'.repeat(60))).toMatch(/^(?:👩\u200d👩\u200d👧)+$/u)
  expect(Buffer.byteLength(noteName('ä'.repeat(300)))).toBeLessThanOrEqual(180)
})
