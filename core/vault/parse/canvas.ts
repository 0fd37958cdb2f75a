import { z } from 'zod'
import { HomeportError } from '../../errors/homeport-error.ts'
import type { DocumentLink } from '../../retrieval/document.ts'
import { chunkBlocks } from '../chunk/chunk-blocks.ts'
import { ComposedText } from './composed-text.ts'
import { documentChunks } from './document-chunks.ts'
import type { DocumentBody, FileContent } from './file-content.ts'
import { markdownBlocks } from './markdown-blocks.ts'
import { MarkdownInline } from './markdown-inline.ts'
import { wikiLink } from './markdown-link.ts'
import { namedFile } from './named-file.ts'
import { textFile } from './text-file.ts'

/** See https://jsoncanvas.org/spec/1.0 */
const nodeSchema = z.object({
  type: z.string().catch('text'),
  x: z.number().catch(0),
  y: z.number().catch(0),
  width: z.number().catch(0),
  height: z.number().catch(0),
  text: z.string().catch(''),
  file: z.string().catch(''),
  subpath: z.string().catch(''),
  url: z.string().catch(''),
  label: z.string().catch('')
})
const canvasSchema = z.object({
  nodes: z.array(nodeSchema).catch([]),
  edges: z.array(z.object({ label: z.string().catch('') })).catch([])
})
type Node = z.infer<typeof nodeSchema>

/** Reads the cards of a canvas from the top down, those within a group under the group's name. */
export function readCanvas({ path, bytes }: FileContent): DocumentBody {
  const { nodes, edges } = parsedCanvas(textFile(bytes).text)
  const composed = new ComposedText()
  const links: DocumentLink[] = []
  const tags: string[] = []
  const groups = nodes.filter(({ type, label }) => type === 'group' && label.trim() !== '')
  const cards = nodes.filter(({ type }) => type !== 'group').sort((a, b) => a.y - b.y || a.x - b.x)
  const addCard = (card: Node): void => {
    const inline = new MarkdownInline(cardText(card))
    const seen = markdownBlocks(cardText(card), 0, inline).map(({ searched }) => searched)
    const start = composed.add('paragraph', cardText(card).trim(), { searched: seen.join('\n') })
    if (card.type === 'file') links.push(fileLinkOf(card, start))
    for (const link of inline.links) links.push({ ...link, start: start + link.start })
    for (const tag of inline.tags.values()) tags.push(tag)
  }
  const shown = cards.filter((card) => cardText(card).trim() !== '')
  for (const card of shown) if (!groups.some((group) => lies(card, group))) addCard(card)
  for (const group of groups) {
    composed.add('heading', group.label.trim(), { level: 1 })
    for (const card of shown) if (groups.find((first) => lies(card, first)) === group) addCard(card)
  }
  for (const { label } of edges) if (label.trim() !== '') composed.add('paragraph', label.trim())
  const file = composed.file()
  const seen = (start: number, end: number): string => file.text.slice(start, end)
  const body = namedFile(path)
  return {
    ...body,
    tags: [...new Set(tags)],
    chunks: documentChunks(file, chunkBlocks(file.text, composed.blocks, { title: body.title, seen })),
    links: links.map((link) => ({ ...link, start: file.byteAt(link.start) }))
  }
}

function parsedCanvas(text: string): z.infer<typeof canvasSchema> {
  if (text.trim() === '') return { nodes: [], edges: [] }
  try {
    return canvasSchema.parse(JSON.parse(text))
  } catch (cause) {
    throw new HomeportError('bad-request', 'The canvas is not valid JSON', { cause })
  }
}

function cardText({ type, text, file, url, label }: Node): string {
  if (type === 'file') return file
  return type === 'link' ? [label, url].filter((part) => part !== '').join('\n') : text
}

const fileLinkOf = ({ file, subpath }: Node, start: number): DocumentLink => ({
  ...wikiLink(file + subpath),
  embed: true,
  line: file,
  start
})

const lies = (card: Node, group: Node): boolean =>
  card.x >= group.x &&
  card.y >= group.y &&
  card.x + card.width <= group.x + group.width &&
  card.y + card.height <= group.y + group.height
