import { HomeportError } from '../../errors/homeport-error.ts'
import { chunkBlocks, type TextChunk } from '../chunk/chunk-blocks.ts'
import { ComposedText } from './composed-text.ts'
import { documentChunks } from './document-chunks.ts'
import type { DocumentBody, FileContent } from './file-content.ts'
import { namedFile } from './named-file.ts'
import { type PrintedLine, paragraphsOf, withoutHeaders } from './pdf-lines.ts'

/** More pages than this are not read, nor for longer than this. */
const MOST_PAGES = 3000
const LONGEST_MS = 60_000

interface PdfText {
  title: string
  pages: PrintedLine[][]
  /** Of the file, though not all may have been read. */
  pageCount: number
}

/**
 * Reads a PDF's text page by page; passages never reach over two pages. Throws `unsupported-media-type` where it has
 * no text, and `bad-request` where it needs a password or is damaged.
 */
export async function readPdf({ path, bytes }: FileContent): Promise<DocumentBody> {
  const { title, pages, pageCount } = await pdfText(bytes)
  const composed = new ComposedText()
  const chunks: TextChunk[] = []
  for (const [index, lines] of withoutHeaders(pages).entries()) {
    const before = composed.blocks.length
    for (const paragraph of paragraphsOf(lines)) composed.add('paragraph', paragraph)
    const seen = (start: number, end: number): string => composed.text.slice(start, end)
    const found = chunkBlocks(composed.text, composed.blocks.slice(before), { title: '', seen })
    chunks.push(...found.map((chunk) => ({ ...chunk, page: index + 1 })))
  }
  if (chunks.length === 0)
    throw new HomeportError('unsupported-media-type', 'The PDF has no text: it is a scan, or pictures', {
      action: 'Have its text recognised, and save it with the text'
    })
  const body = namedFile(path)
  return {
    ...body,
    aliases: title === '' || title === body.title ? [] : [title],
    chunks: documentChunks(composed.file(), chunks),
    problem:
      pages.length < pageCount ? `Only the first ${pages.length} of ${pageCount} pages were read` : null
  }
}

async function pdfText(bytes: Uint8Array): Promise<PdfText> {
  const { getDocumentProxy } = await import('unpdf')
  // the reader takes what it is given away
  const pdf = await getDocumentProxy(new Uint8Array(bytes), { verbosity: 0 }).catch(refuse)
  const stopAt = performance.now() + LONGEST_MS
  try {
    const { info } = await pdf.getMetadata().catch(() => ({ info: {} }))
    const title = 'Title' in info && typeof info.Title === 'string' ? info.Title.trim() : ''
    const pages: PrintedLine[][] = []
    const last = Math.min(pdf.numPages, MOST_PAGES)
    for (let number = 1; number <= last && performance.now() < stopAt; number += 1) {
      const page = await pdf.getPage(number)
      const { items } = await page.getTextContent()
      pages.push(printedLines(items.flatMap((item) => ('str' in item ? [item] : []))))
      page.cleanup()
    }
    return { title, pages, pageCount: pdf.numPages }
  } catch (cause) {
    return refuse(cause)
  } finally {
    await pdf.destroy()
  }
}

function refuse(cause: unknown): never {
  if (cause instanceof Error && cause.name === 'PasswordException')
    throw new HomeportError('bad-request', 'The PDF needs a password', {
      action: 'Save it without one to have it searched'
    })
  throw new HomeportError('bad-request', 'The PDF is damaged', { cause })
}

/** A run of letters; `transform` ends in its place. */
interface TextRun {
  str: string
  transform: number[]
  height: number
  hasEOL: boolean
}

function printedLines(runs: readonly TextRun[]): PrintedLine[] {
  const lines: PrintedLine[] = []
  let text = ''
  let height = 0
  let y = 0
  const close = (): void => {
    const tidy = text.replaceAll(/\s+/g, ' ').trim()
    if (tidy !== '') lines.push({ text: tidy, y, height })
    text = ''
    height = 0
  }
  for (const run of runs) {
    if (text === '') y = run.transform[5] ?? 0
    text += run.str
    height = Math.max(height, run.height)
    if (run.hasEOL) close()
  }
  close()
  return lines
}
