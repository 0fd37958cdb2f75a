import type { DocumentKind } from '../../contract/knowledge.ts'
import { HomeportError } from '../../errors/homeport-error.ts'
import type { IndexDocument, UnreadDocument } from '../../retrieval/document.ts'
import type { IndexWriter, KnownFile } from '../../retrieval/knowledge-index.ts'
import type { Changes } from '../folder/changes.ts'
import { nextTurn, type ScannedFile } from '../folder/scan.ts'
import { type FileContent, readContent } from './read-file.ts'

/** How files become documents. */
export interface DocumentReader {
  kindOf(path: string): DocumentKind
  /** Throws a HomeportError that says why the file has no text. */
  read(
    file: Pick<ScannedFile, 'path' | 'modifiedAt' | 'createdAt'> & { bytes: Uint8Array }
  ): IndexDocument | Promise<IndexDocument>
}

export interface FileIndexerOptions {
  folder: string
  writer: IndexWriter
  reader: DocumentReader
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
  readonly #reader: DocumentReader
  readonly #known: Map<string, KnownFile>
  /** Gone from where they were, and kept until it is clear that they did not move; by hash. */
  readonly #gone = new Map<string, KnownFile>()

  constructor({ folder, writer, reader }: FileIndexerOptions) {
    this.#folder = folder
    this.#writer = writer
    this.#reader = reader
    this.#known = new Map(writer.files().map((file) => [file.path, file]))
  }

  get known(): ReadonlyMap<string, KnownFile> {
    return this.#known
  }

  /** Forgets what is gone and did not just move, and lists what is not read at all. */
  async expect({ unknown, newLinks, newUnreadable, gone }: Changes): Promise<void> {
    const sizes = new Set(unknown.map(({ bytes }) => bytes))
    const mayHaveMoved = gone.filter(
      ({ hash, bytes }) => hash !== null && hash.length > 0 && sizes.has(bytes)
    )
    for (const file of mayHaveMoved) this.#gone.set(keyOf(file.hash), file)
    const moving = new Set(this.#gone.values())
    await this.#remove(gone.filter((file) => !moving.has(file)).map(({ path }) => path))
    const unread = (status: UnreadDocument['status'], reason: string) => (path: string) => ({
      ...{ path, status, reason, modifiedAt: 0, bytes: 0 },
      kind: this.#reader.kindOf(path)
    })
    await this.#putUnread(newLinks.map(unread('skipped', 'It is a link to another place')))
    await this.#putUnread(newUnreadable.map(unread('failed', 'Homeport is not allowed to read this folder')))
  }

  /** Lists files that are still to be read, as far as nothing is known of them. */
  async listWaiting(files: readonly ScannedFile[]): Promise<void> {
    const waiting = files.filter(({ path }) => !this.#known.has(path))
    const status = { status: 'pending', reason: null } as const
    await this.#putUnread(waiting.map((file) => unreadOf(file, this.#reader.kindOf(file.path), status)))
  }

  /** Reads files and puts them into the index as one transaction. */
  async index(files: readonly ScannedFile[]): Promise<Indexed> {
    const documents: IndexDocument[] = []
    const unread: UnreadDocument[] = []
    const indexed: Indexed = { linked: [], changing: [] }
    for (const file of files) {
      const kind = this.#reader.kindOf(file.path)
      const content = kind === 'attachment' ? nameOnly(file) : readContent(this.#folder, file)
      if (content.is === 'gone') indexed.changing.push(file.diskPath)
      else if (content.is === 'unread') unread.push(unreadOf(file, kind, content))
      else if (!this.#isKnownAlready(file, content)) {
        if (content.isChanging) indexed.changing.push(file.diskPath)
        const document = await this.#documentOf(file, kind, content)
        if ('status' in document) unread.push(document)
        else documents.push(document)
      }
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

  /** The same bytes under the same path, or under one that is gone: nothing is taken apart again. */
  #isKnownAlready(file: ScannedFile, content: ReadContent): boolean {
    const before = this.#known.get(file.path)
    if (before?.status !== 'indexed' && this.#gone.size === 0) return false
    const { modifiedAt } = content
    const hash = keyOf(content.hash())
    if (before?.status === 'indexed' && keyOf(before.hash) === hash) {
      const { bytes } = file
      if (before.modifiedAt !== modifiedAt || before.bytes !== bytes) {
        this.#writer.touch(file.path, modifiedAt, bytes)
        this.#known.set(file.path, { ...before, modifiedAt, bytes })
      }
      return true
    }
    const moved = this.#gone.get(hash)
    if (!moved || before?.status === 'indexed') return false
    if (!this.#writer.rename(moved.path, file.path, modifiedAt)) return false
    this.#gone.delete(hash)
    this.#known.delete(moved.path)
    this.#known.set(file.path, { ...moved, path: file.path, modifiedAt })
    return true
  }

  async #documentOf(
    file: ScannedFile,
    kind: DocumentKind,
    { bytes, hash, modifiedAt }: ReadContent
  ): Promise<IndexDocument | UnreadDocument> {
    const { path, createdAt } = file
    try {
      const document = await this.#reader.read({ path, bytes, modifiedAt, createdAt })
      return kind === 'attachment' ? { ...document, hash: hash(), bytes: file.bytes } : document
    } catch (error) {
      const reason = error instanceof HomeportError ? error.message : 'It could not be understood'
      return unreadOf(file, kind, { status: 'failed', reason })
    }
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

type ReadContent = Extract<FileContent, { is: 'read' }>

/** An attachment is known by its name: what is in it does not count. */
const nameOnly = ({ modifiedAt }: ScannedFile): ReadContent => ({
  is: 'read',
  bytes: new Uint8Array(),
  hash: () => new Uint8Array(),
  modifiedAt,
  isChanging: false
})

const unreadOf = (
  { path, modifiedAt, bytes }: ScannedFile,
  kind: DocumentKind,
  { status, reason }: Pick<UnreadDocument, 'status' | 'reason'>
): UnreadDocument => ({ path, kind, modifiedAt, bytes, status, reason })

const keyOf = (hash: Uint8Array | null): string => Buffer.from(hash ?? []).toString('latin1')
