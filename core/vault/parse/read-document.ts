import { hash } from 'node:crypto'
import type { DocumentKind } from '../../contract/knowledge.ts'
import { HomeportError } from '../../errors/homeport-error.ts'
import { readCanvas } from './canvas.ts'
import { documentKindOf } from './document-kind.ts'
import type { DocumentBody, FileContent, ReadDocument } from './file-content.ts'
import { readHtml } from './html.ts'
import { readMarkdown } from './markdown.ts'
import { namedFile } from './named-file.ts'
import { readPdf } from './pdf.ts'
import { readCode, readText } from './plain-text.ts'

/** Bytes of the largest file that is read. */
export const LARGEST_FILE = 20 * 1024 * 1024

/**
 * Reads a file and takes it apart into passages. At once for all but PDF. Throws a HomeportError that says in words for
 * the person why a file cannot be read: `unsupported-media-type` or `too-large` where nothing is wrong with it. Nothing else
 * is thrown.
 */
export function readDocument(file: FileContent): ReadDocument | Promise<ReadDocument> {
  if (file.bytes.length > LARGEST_FILE) throw new HomeportError('too-large', 'The file is larger than 20 MB')
  const kind = documentKindOf(file.path)
  const body = readers[kind](file)
  return body instanceof Promise
    ? body.then((read) => document(file, kind, read))
    : document(file, kind, body)
}

const readers: Record<DocumentKind, (file: FileContent) => DocumentBody | Promise<DocumentBody>> = {
  markdown: readMarkdown,
  canvas: readCanvas,
  base: readCode,
  pdf: readPdf,
  html: readHtml,
  text: readText,
  code: readCode,
  attachment: ({ path }) => namedFile(path)
}

const document = (
  { path, bytes, modifiedAt, createdAt }: FileContent,
  kind: DocumentKind,
  body: DocumentBody
): ReadDocument => ({
  path,
  kind,
  modifiedAt,
  bytes: bytes.length,
  hash: hash('sha256', bytes, 'buffer'),
  ...body,
  createdAt: body.createdAt ?? createdAt
})
