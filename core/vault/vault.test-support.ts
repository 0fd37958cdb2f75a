import { mkdirSync, realpathSync, utimesSync, writeFileSync } from 'node:fs'
import { dirname, join } from 'node:path'
import { setTimeout as sleep } from 'node:timers/promises'
import { expect, onTestFinished } from 'vitest'
import type { Source } from '../contract/knowledge.ts'
import { silentLogger } from '../lib/logger.ts'
import { migrationsFolder } from '../store/migration-files.ts'
import { openTestStore, temporaryFolder } from '../store/store.test-support.ts'
import type { Store } from '../store/store.ts'
import type { Knowledge } from './knowledge.ts'
import { type KnowledgeOptions, openKnowledge } from './open-knowledge.ts'

/** Writes files into a folder, each a moment older than the one before. */
export function writeFiles(folder: string, files: Readonly<Record<string, string>>): void {
  let modified = Date.now() / 1000
  for (const [path, text] of Object.entries(files)) {
    const file = join(folder, path)
    mkdirSync(dirname(file), { recursive: true })
    writeFileSync(file, text)
    utimesSync(file, modified, modified)
    modified -= 1
  }
}

/** A folder with these files, as the file system itself calls it. */
export function folderOf(files: Readonly<Record<string, string>>): string {
  const folder = realpathSync(temporaryFolder())
  writeFiles(folder, files)
  return folder
}

/** No model is at hand. */
export const noEmbedders: KnowledgeOptions['embedders'] = {
  check() {},
  choose: () => Promise.reject(new Error('no model is at hand')),
  reopen: () => null
}

export interface TestKnowledge {
  knowledge: Knowledge
  dataDir: string
  store: Store
  changes: () => number
}

/** Knowledge with threads and files of its own; closed after the test. */
export async function openTestKnowledge(
  options: Partial<KnowledgeOptions> & { dataDir?: string } = {}
): Promise<TestKnowledge> {
  const dataDir = options.dataDir ?? temporaryFolder()
  const store = options.store ?? (await openTestStore(dataDir, migrationsFolder))
  let count = 0
  const knowledge = openKnowledge({
    store,
    embedders: noEmbedders,
    obsidian: { home: dataDir, platform: 'linux', env: {} },
    onChange() {
      count += 1
    },
    logger: silentLogger,
    ...options,
    dataDir
  })
  onTestFinished(() => knowledge.close())
  return { knowledge, dataDir, store, changes: () => count }
}

export const addFolder = (knowledge: Knowledge, folder: string, more: object = {}): Promise<Source> =>
  knowledge.add({ folder, embedder: 'built-in', excludes: [], costConfirmed: false, ...more })

/** Waits until it holds; the last try says why it does not. */
export async function eventually(check: () => void | Promise<void>, limitMs = 8000): Promise<void> {
  const end = performance.now() + limitMs
  for (;;) {
    try {
      await check()
      return
    } catch (error) {
      if (performance.now() > end) throw error
    }
    await sleep(20)
  }
}

export function sourceOf(knowledge: Knowledge, id: string): Source {
  const source = knowledge.sources().find((one) => one.id === id)
  if (!source) throw new Error(`no source ${id}`)
  return source
}

export const isReady = (knowledge: Knowledge, id: string): Promise<void> =>
  eventually(() => expect(sourceOf(knowledge, id)).toMatchObject({ state: 'ready', problem: null }))

/** Paths of found passages that have the word in them. */
export async function pathsWith(
  knowledge: Knowledge,
  word: string,
  scopes: string[] = []
): Promise<string[]> {
  const { hits } = await knowledge.search({ text: word, scopes, limit: 20 }, AbortSignal.timeout(10_000))
  return hits.filter(({ text }) => text.includes(word)).map(({ path }) => path)
}

/** Notes of other words, so that a word of one note is a rare one. */
export const otherNotes: Readonly<Record<string, string>> = Object.fromEntries(
  ['maple', 'granite', 'violin', 'copper', 'meadow', 'thunder'].map((word) => [
    `Others/${word}.md`,
    `Something about ${word}.`
  ])
)
