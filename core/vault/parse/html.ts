import { Parser } from 'htmlparser2'
import type { DocumentLink } from '../../retrieval/document.ts'
import type { Block } from '../chunk/block.ts'
import { chunkBlocks } from '../chunk/chunk-blocks.ts'
import { ComposedText } from './composed-text.ts'
import { documentChunks } from './document-chunks.ts'
import type { DocumentBody, FileContent } from './file-content.ts'
import { htmlText } from './html-charset.ts'
import { fileLink } from './markdown-link.ts'
import { namedFile } from './named-file.ts'

/** What a reader of the page does not read. */
const unread = words(
  'script style noscript template svg nav footer iframe button select textarea dialog object title'
)
const breaking =
  words(`p div section article main header aside li ul ol dl dt dd table thead tbody tfoot caption blockquote
  figure figcaption pre h1 h2 h3 h4 h5 h6 hr form fieldset address details summary body`)
const main = words('main article')
/** A page that has less than this share of its text in its main part does not keep it there. */
const MAIN_SHARE = 0.3

interface Piece {
  kind: Block['kind']
  text: string
  level: number
  isMain: boolean
  links: { href: string; label: string }[]
}

/** Reads what a page says: headings, paragraphs, tables and code of its main part. */
export function readHtml({ path, bytes }: FileContent): DocumentBody {
  const reader = new PageReader()
  const parser = new Parser(reader, { decodeEntities: true, lowerCaseTags: true })
  parser.end(htmlText(bytes))
  const pieces = reader.pieces()
  const composed = new ComposedText()
  const links: DocumentLink[] = []
  for (const { kind, text, level, links: hrefs } of pieces) {
    const start = composed.add(kind, text, { level })
    for (const { href, label } of hrefs) {
      const link = fileLink(href, label)
      if (link && link.target !== '') links.push({ ...link, embed: false, line: text.slice(0, 240), start })
    }
  }
  const file = composed.file()
  const seen = (start: number, end: number): string => file.text.slice(start, end)
  const body = namedFile(path)
  const title = reader.title.replaceAll(/\s+/g, ' ').trim()
  return {
    ...body,
    aliases: title === '' || title === body.title ? [] : [title],
    chunks: documentChunks(
      file,
      chunkBlocks(file.text, composed.blocks, { title: title || body.title, seen })
    ),
    links: links.map((link) => ({ ...link, start: file.byteAt(link.start) }))
  }
}

/** Takes a page's elements as they come. */
class PageReader {
  title = ''
  readonly #pieces: Piece[] = []
  #kind: Block['kind'] = 'paragraph'
  #level = 0
  #text = ''
  #links: Piece['links'] = []
  #href: string | null = null
  #hrefText = ''
  #isTitle = false
  /** How deep it is in elements that are not read, in the main part, in a table, in code. */
  #unread = 0
  #main = 0
  #table = 0
  #pre = 0

  onopentag(name: string, attributes: Record<string, string>): void {
    if (name === 'title') this.#isTitle = this.title === ''
    if (unread.has(name)) this.#unread += 1
    if (this.#unread > 0) return
    if (name === 'br') this.#text += '\n'
    if (name === 'td' || name === 'th')
      this.#text += this.#text.endsWith('\n') || this.#text === '' ? '' : ' | '
    if (name === 'tr' && this.#text !== '') this.#text += '\n'
    if (breaking.has(name) && this.#table === 0) this.#open(name)
    if (name === 'table') this.#table += 1
    if (name === 'pre') this.#pre += 1
    if (main.has(name)) this.#main += 1
    if (name === 'a') this.#href = attributes.href ?? null
  }

  ontext(text: string): void {
    if (this.#isTitle) this.title += text
    if (this.#unread > 0) return
    this.#text += this.#pre > 0 ? text : text.replaceAll(/\s+/g, ' ')
    if (this.#href !== null) this.#hrefText += text
  }

  onclosetag(name: string): void {
    if (name === 'title') this.#isTitle = false
    if (this.#unread > 0) {
      if (unread.has(name)) this.#unread -= 1
      return
    }
    if (name === 'a' && this.#href !== null) this.#closeLink(this.#href)
    if (name === 'table') this.#table = Math.max(0, this.#table - 1)
    if (name === 'pre') this.#pre = Math.max(0, this.#pre - 1)
    if (breaking.has(name) && this.#table === 0) this.#close(name === 'table' ? 'table' : this.#kind)
    if (main.has(name)) this.#main = Math.max(0, this.#main - 1)
  }

  /** In their order; of a page that marks its main part, only that. */
  pieces(): Piece[] {
    this.#close(this.#kind)
    const within = this.#pieces.filter(({ isMain }) => isMain)
    return lengthOf(within) >= lengthOf(this.#pieces) * MAIN_SHARE && within.length > 0
      ? within
      : this.#pieces
  }

  #open(name: string): void {
    this.#close(this.#kind)
    const level = /^h[1-6]$/.test(name) ? Number(name.charAt(1)) : 0
    this.#level = level
    this.#kind = level > 0 ? 'heading' : (kindOf[name] ?? 'paragraph')
  }

  #close(kind: Block['kind']): void {
    const text = kind === 'code' ? this.#text.replaceAll(/^\n+|\s+$/g, '') : tidy(this.#text)
    if (text !== '')
      this.#pieces.push({
        kind,
        text,
        level: kind === 'heading' ? this.#level : 0,
        isMain: this.#main > 0,
        links: this.#links
      })
    this.#text = ''
    this.#links = []
    this.#kind = 'paragraph'
    this.#level = 0
  }

  #closeLink(href: string): void {
    this.#links.push({ href, label: this.#hrefText.trim() })
    this.#href = null
    this.#hrefText = ''
  }
}

const kindOf: Record<string, Block['kind']> = { li: 'item', pre: 'code', table: 'table' }

const tidy = (text: string): string =>
  text
    .replaceAll(/[ \t]+/g, ' ')
    .replaceAll(/ ?\n[\s]*/g, '\n')
    .trim()

const lengthOf = (pieces: readonly Piece[]): number => pieces.reduce((sum, { text }) => sum + text.length, 0)

function words(list: string): ReadonlySet<string> {
  return new Set(list.split(/\s+/))
}
