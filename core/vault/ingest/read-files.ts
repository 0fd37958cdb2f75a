import { HomeportError } from '../../errors/homeport-error.ts'
import type { IndexDocument, UnreadDocument } from '../../retrieval/document.ts'
import type { Embedder } from '../../retrieval/embedder.ts'
import { prepareDocument } from '../../retrieval/prepare-document.ts'
import type { ScannedFile } from '../folder/scan.ts'
import { documentKindOf } from '../parse/document-kind.ts'
import { fileName } from '../parse/file-name.ts'
import { readDocument } from '../parse/read-document.ts'
import { problemOf } from './problem.ts'
import { type FileContent, readContent } from './read-file.ts'

/** Files to be read, and what is known already: nothing of that is taken apart again. Crosses threads. */
export interface FilesToRead {
  folder: string
  files: readonly (ScannedFile & { knownHash: Uint8Array | null })[]
  /** Files that are gone from elsewhere and may stand here now: see `contentKey`. */
  gone: ReadonlySet<string>
}

/** What came of one of them. */
export type FileReading =
  | { is: 'gone' }
  | { is: 'known'; hash: Uint8Array; modifiedAt: number }
  | { is: 'unread'; status: UnreadDocument['status']; reason: string }
  /** `isChanging`: somebody wrote to it meanwhile, so it has to be looked at again. */
  | { is: 'document'; document: IndexDocument; isChanging: boolean }

export type ReadFiles = (asked: FilesToRead) => Promise<FileReading[]>

/** The same for files of the same name and content. */
export const contentKey = (path: string, hash: Uint8Array): string =>
  `${Buffer.from(hash).toString('latin1')} ${fileName(path)}`

/** Reads files and takes them apart, with vectors where the embedder gives them without waiting. In the order asked for. */
export async function readFiles(
  { folder, files, gone }: FilesToRead,
  embedder: Pick<Embedder, 'embedSync'>
): Promise<FileReading[]> {
  const readings: FileReading[] = []
  for (const file of files) {
    const isNameOnly = documentKindOf(file.path) === 'attachment'
    const content = isNameOnly ? nameOnly(file) : readContent(folder, file)
    if (content.is !== 'read') readings.push(content)
    else if (isKnown(file, content, gone))
      readings.push({ is: 'known', hash: content.hash(), modifiedAt: content.modifiedAt })
    else readings.push(await takeApart(file, content, embedder))
  }
  return readings
}

type ReadContent = Extract<FileContent, { is: 'read' }>

function isKnown(
  { path, knownHash }: FilesToRead['files'][number],
  { hash }: ReadContent,
  gone: ReadonlySet<string>
): boolean {
  if (knownHash) return Buffer.compare(knownHash, hash()) === 0
  return gone.size > 0 && gone.has(contentKey(path, hash()))
}

async function takeApart(
  { path, createdAt, bytes: size }: ScannedFile,
  { bytes, modifiedAt, isChanging }: ReadContent,
  embedder: Pick<Embedder, 'embedSync'>
): Promise<FileReading> {
  try {
    const document = await readDocument({ path, bytes, modifiedAt, createdAt })
    // what is not opened is as large as it stands on the disk
    const known = document.kind === 'attachment' ? { ...document, hash: noHash, bytes: size } : document
    return { is: 'document', document: prepareDocument(known, embedder), isChanging }
  } catch (error) {
    const status = error instanceof HomeportError && unsupported.has(error.code) ? 'skipped' : 'failed'
    return { is: 'unread', status, reason: problemOf(error, 'It could not be understood.') }
  }
}

/** Nothing is wrong with such a file: it is only not for reading. */
const unsupported: ReadonlySet<string> = new Set(['unsupported-media-type', 'too-large'])

const noHash = new Uint8Array()

/** An attachment is known by its name: what is in it does not count. */
const nameOnly = ({ modifiedAt }: ScannedFile): ReadContent => ({
  is: 'read',
  bytes: noHash,
  hash: () => noHash,
  modifiedAt,
  isChanging: false
})
