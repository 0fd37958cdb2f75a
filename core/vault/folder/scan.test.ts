import { mkdirSync, realpathSync, renameSync, symlinkSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { expect, test } from 'vitest'
import { temporaryFolder } from '../../store/store.test-support.ts'
import { folderOf } from '../vault.test-support.ts'
import { folderRules } from './folder-rules.ts'
import { scanFolder, scanPaths } from './scan.ts'

const { signal } = new AbortController()
const rulesOf = (folder: string, excludes: string[] = [], dataDir = '/nowhere') =>
  folderRules({ folder, excludes, dataDir })
const pathsIn = async (folder: string, excludes: string[] = []) =>
  [...(await scanFolder(folder, rulesOf(folder, excludes), signal)).files.keys()].toSorted()

test('leaves out what is hidden, what tools make and Homeport’s own data', async () => {
  const folder = folderOf({
    'A.md': 'a',
    '.hidden.md': 'h',
    '.obsidian/workspace.json': '{}',
    '.trash/Old.md': 'o',
    'Sub/.git/config': 'c',
    'node_modules/x/readme.md': 'r',
    'Data/homeport.db': 'd'
  })
  const scan = await scanFolder(folder, rulesOf(folder, [], join(folder, 'Data')), signal)
  expect([...scan.files.keys()]).toEqual(['A.md'])
})

test('leaves out Obsidian’s excluded files, by how a path begins and by expression', async () => {
  const filters = ['Templates/', '/\\.excalidraw\\.md$/', '/broken[/']
  const folder = folderOf({
    '.obsidian/app.json': JSON.stringify({ userIgnoreFilters: filters }),
    'A.md': 'a',
    'templates/Daily.md': 't',
    'Drawings/Plan.excalidraw.md': 'p'
  })
  expect(await pathsIn(folder)).toEqual(['A.md'])
})

test('leaves out what patterns say, and keeps what they take back', async () => {
  const folder = folderOf({ 'A.md': 'a', 'Logs/1.log': '1', 'Logs/Keep.md': 'k', 'Private/Deep/B.md': 'b' })
  expect(await pathsIn(folder, ['*.log', 'Private/'])).toEqual(['A.md', 'Logs/Keep.md'])
  expect(await pathsIn(folder, ['Logs/*', '!Logs/Keep.md', '/Private'])).toEqual(['A.md', 'Logs/Keep.md'])
})

test('does not follow links, out of the folder or in a circle', async () => {
  const outside = folderOf({ 'Secret.md': 's' })
  const folder = folderOf({ 'A.md': 'a', 'Sub/B.md': 'b' })
  symlinkSync(outside, join(folder, 'Outside'))
  symlinkSync(join(outside, 'Secret.md'), join(folder, 'Link.md'))
  symlinkSync(folder, join(folder, 'Sub/Loop'))
  const scan = await scanFolder(folder, rulesOf(folder), signal)
  expect([...scan.files.keys()].toSorted()).toEqual(['A.md', 'Sub/B.md'])
  expect(scan.links.toSorted()).toEqual(['Link.md', 'Outside', 'Sub/Loop'])
})

test('names files in composed form, however the file system spells them', async () => {
  const folder = folderOf({})
  const decomposed = 'Ärger'.normalize('NFD')
  mkdirSync(join(folder, decomposed))
  writeFileSync(join(folder, decomposed, 'Öl.md'.normalize('NFD')), 'x')
  const composed = 'Ärger/Öl.md'.normalize('NFC')
  const scan = await scanFolder(folder, rulesOf(folder), signal)
  expect([...scan.files.keys()]).toEqual([composed])
  const disk = scan.files.get(composed)?.diskPath ?? ''
  const again = await scanPaths(folder, [disk], rulesOf(folder), signal)
  expect(again.files.get(composed)).toEqual(scan.files.get(composed))
})

test('looks again at files and at whole folders, and no longer finds what has another name', async () => {
  const folder = folderOf({ 'A.md': 'a', 'Sub/B.md': 'b', 'Sub/Deep/C.md': 'c', '.hidden/D.md': 'd' })
  renameSync(join(folder, 'A.md'), join(folder, 'a.md'))
  const scan = await scanPaths(
    folder,
    ['A.md', 'a.md', 'Sub', '.hidden/D.md', 'Nowhere/E.md'],
    rulesOf(folder),
    signal
  )
  expect([...scan.files.keys()].toSorted()).toEqual(['Sub/B.md', 'Sub/Deep/C.md', 'a.md'])
})

test('says whether a folder is missing, and whether it is empty', async () => {
  const folder = realpathSync(temporaryFolder())
  expect(await scanFolder(folder, rulesOf(folder), signal)).toMatchObject({ isEmpty: true })
  const gone = join(folder, 'gone')
  await expect(scanFolder(gone, rulesOf(gone), signal)).rejects.toMatchObject({ code: 'not-found' })
})
