import type { IndexDocument, UnreadDocument } from '../../retrieval/document.ts'
import type { IndexWriter, KnownFile } from '../../retrieval/knowledge-index.ts'
import type { Changes } from '../folder/changes.ts'
import { nextTurn, type ScannedFile } from '../folder/scan.ts'
import { documentKindOf } from '../parse/document-kind.ts'
import { contentKey, type FileReading, type ReadFiles } from './read-files.ts'

export interface FileIndexerOptions {
  folder: string
  writer: IndexWriter
  read: ReadFiles
}

/** Files that are being read. */
export interface PendingFiles {
  files: readonly ScannedFile[]
  readings: Promise<FileReading[]>
}

/** What came of some files. */
export interface Indexed {
  /** Targets of their links, as written. */
  linked: string[]
  /** Somebody wrote to these while they were read, as the file system spells them. */
  changing: string[]
}

/** Paths of one transaction, where nothing is read. */
const AT_ONCE = 500

/** Brings files into an index and out of it. What it knows of them is what the index says. */
export class FileIndexer {
  readonly #folder: string
  readonly #writer: IndexWriter
  readonly #read: ReadFiles
  readonly #known: Map<string, KnownFile>
  /** Gone from where they were, and kept until it is clear that they did not move; by name and content. */
  readonly #gone = new Map<string, KnownFile>()

  constructor({ folder, writer, read }: FileIndexerOptions) {
    this.#folder = folder
    this.#writer = writer
    this.#read = read
    this.#known = new Map(writer.files().map((file) => [file.path, file]))
  }

  get known(): ReadonlyMap<string, KnownFile> {
    return this.#known
  }

  /** Forgets what is gone and did not just move, and lists what is not read at all. */
  async expect({ unknown, newLinks, newUnreadable, gone }: Changes): Promise<void> {
    const sizes = new Set(unknown.map(({ bytes }) => bytes))
    const moving = new Set<KnownFile>()
    for (const file of gone) {
      if (file.hash === null || file.hash.length === 0 || !sizes.has(file.bytes)) continue
      this.#gone.set(contentKey(file.path, file.hash), file)
      moving.add(file)
    }
    await this.#remove(gone.filter((file) => !moving.has(file)).map(({ path }) => path))
    const unread = (status: UnreadDocument['status'], reason: string) => (path: string) => ({
      ...{ path, status, reason, modifiedAt: 0, bytes: 0 },
      kind: documentKindOf(path)
    })
    await this.#putUnread(newLinks.map(unread('skipped', 'It is a link to another place.')))
    await this.#putUnread(newUnreadable.map(unread('failed', 'Homeport is not allowed to read this folder.')))
  }

  /** Lists files that are still to be read, as far as nothing is known of them. */
  async listWaiting(files: readonly ScannedFile[]): Promise<void> {
    const waiting = files.filter(({ path }) => !this.#known.has(path))
    const status = { status: 'pending', reason: null } as const
    await this.#putUnread(waiting.map((file) => unreadOf(file, status)))
  }

  /** Begins to read files. A failure is told to whoever puts them. */
  read(files: readonly ScannedFile[]): PendingFiles {
    const knownHash = (path: string): Uint8Array | null => {
      const before = this.#known.get(path)
      return before?.status === 'indexed' ? before.hash : null
    }
    const readings = this.#read({
      folder: this.#folder,
      files: files.map((file) => ({ ...file, knownHash: knownHash(file.path) })),
      gone: new Set(this.#gone.keys())
    })
    readings.catch(() => {})
    return { files, readings }
  }

  /** Puts what was read into the index as one transaction. */
  async put({ files, readings }: PendingFiles): Promise<Indexed> {
    const documents: IndexDocument[] = []
    const unread: UnreadDocument[] = []
    const indexed: Indexed = { linked: [], changing: [] }
    for (const [index, reading] of (await readings).entries()) {
      const file = files[index]
      if (!file) continue
      if (reading.is === 'unread') unread.push(unreadOf(file, reading))
      else if (reading.is === 'document') documents.push(reading.document)
      const isSettled = reading.is === 'known' ? this.#keep(file, reading) : reading.is !== 'gone'
      if (!isSettled || (reading.is === 'document' && reading.isChanging))
        indexed.changing.push(file.diskPath)
    }
    await this.#putUnread(unread)
    if (documents.length > 0) this.#writer.put(documents)
    for (const { path, modifiedAt, bytes, hash, links } of documents) {
      this.#known.set(path, { path, modifiedAt, bytes, hash, status: 'indexed' })
      indexed.linked.push(...links.map(({ target }) => target))
    }
    return indexed
  }

  /** What was gone did not turn up elsewhere. */
  async forgetGone(): Promise<void> {
    const paths = [...this.#gone.values()].map(({ path }) => path)
    this.#gone.clear()
    await this.#remove(paths)
  }

  /** The same bytes under the same path, or under one that is gone. False where it is known no longer. */
  #keep({ path, bytes }: ScannedFile, { hash, modifiedAt }: KnownReading): boolean {
    const before = this.#known.get(path)
    if (before?.status === 'indexed') {
      if (before.modifiedAt !== modifiedAt || before.bytes !== bytes) {
        this.#writer.touch(path, modifiedAt, bytes)
        this.#known.set(path, { ...before, modifiedAt, bytes })
      }
      return true
    }
    const key = contentKey(path, hash)
    const moved = this.#gone.get(key)
    if (!moved || !this.#writer.rename(moved.path, path, modifiedAt)) return false
    this.#gone.delete(key)
    this.#known.delete(moved.path)
    this.#known.set(path, { ...moved, path, modifiedAt })
    return true
  }

  async #putUnread(documents: readonly UnreadDocument[]): Promise<void> {
    for (let start = 0; start < documents.length; start += AT_ONCE) {
      const some = documents.slice(start, start + AT_ONCE)
      this.#writer.putUnread(some)
      for (const { path, modifiedAt, bytes, status } of some)
        this.#known.set(path, { path, modifiedAt, bytes, hash: null, status })
      await nextTurn()
    }
  }

  async #remove(paths: readonly string[]): Promise<void> {
    for (let start = 0; start < paths.length; start += AT_ONCE) {
      const some = paths.slice(start, start + AT_ONCE)
      this.#writer.remove(some)
      for (const path of some) this.#known.delete(path)
      await nextTurn()
    }
  }
}

type KnownReading = Extract<FileReading, { is: 'known' }>

const unreadOf = (
  { path, modifiedAt, bytes }: ScannedFile,
  { status, reason }: Pick<UnreadDocument, 'status' | 'reason'>
): UnreadDocument => ({ path, kind: documentKindOf(path), modifiedAt, bytes, status, reason })
