import type { DocumentLink } from '../../retrieval/document.ts'
import { chunkBlocks, TARGET_LENGTH, type TextChunk } from '../chunk/chunk-blocks.ts'
import { documentChunks } from './document-chunks.ts'
import type { DocumentBody, FileContent } from './file-content.ts'
import { baseName } from './file-name.ts'
import { type Frontmatter, frontmatter } from './frontmatter.ts'
import { markdownBlocks } from './markdown-blocks.ts'
import { MarkdownInline } from './markdown-inline.ts'
import { createdOf, dateOf, listedTexts, propertyOf, searchedProperties } from './note-properties.ts'
import { textFile } from './text-file.ts'

/** Reads a note as Obsidian does. Throws `unsupported-media-type` for what is not text. */
export function readMarkdown({ path, bytes }: FileContent): DocumentBody {
  const file = textFile(bytes)
  const title = baseName(path)
  const front = frontmatter(file.text)
  const inline = new MarkdownInline(file.text)
  for (const tag of listedTexts(propertyOf(front.properties, ['tags', 'tag']), /[,\s]+/))
    inline.addTag(tag.replace(/^#/, ''))
  const blocks = markdownBlocks(file.text, front.end, inline)
  const first = blocks.find(({ kind }) => kind === 'heading')
  // of a part of a block: its links and tags are known by then
  const parts = new MarkdownInline(file.text)
  const seen = (start: number, end: number): string => parts.seen(start, end)
  const chunks = withProperties(chunkBlocks(file.text, blocks, { title, seen }), front)
  const links = [...propertyLinks(file.text, front), ...inline.links]
  return {
    title,
    aliases: aliasesOf(front.properties, first?.level === 1 ? first.searched : '', title),
    tags: [...inline.tags.values()],
    properties: withFields(front.properties, inline.fields),
    createdAt: createdOf(front.properties) ?? dateOf(title),
    chunks: documentChunks(file, chunks),
    links: links.map((link) => ({ ...link, start: file.byteAt(link.start) })),
    problem: front.problem
  }
}

/** Other names of the note: those it gives itself, and a title that is not the file's name. */
function aliasesOf(properties: Record<string, unknown>, heading: string, title: string): string[] {
  const given = listedTexts(propertyOf(properties, ['aliases', 'alias']), /,/)
  const names = [...given, ...listedTexts(properties.title, /\n/), heading]
  return [...new Set(names)].filter((name) => name !== '' && name !== title)
}

/**
 * What the properties say is searched with the first passage, and quoted with it where it is short: in a note without
 * text it is all there is.
 */
function withProperties(chunks: readonly TextChunk[], front: Frontmatter): TextChunk[] {
  const context = searchedProperties(front.properties)
  const [first, ...others] = chunks
  if (context === '') return [...chunks]
  if (!first) return [{ headings: [], start: front.start, end: front.close, searched: context }]
  const start = first.end - front.start <= TARGET_LENGTH ? front.start : first.start
  return [{ ...first, start, context }, ...others]
}

function propertyLinks(text: string, { end }: Frontmatter): DocumentLink[] {
  const open = text.indexOf('[[')
  if (open === -1 || open >= end) return []
  const inline = new MarkdownInline(text)
  inline.seen(0, end)
  return inline.links
}

/** Fields of the text are properties too; those of the same name make a list. */
function withFields(
  properties: Record<string, unknown>,
  fields: MarkdownInline['fields']
): Record<string, unknown> {
  if (fields.length === 0) return properties
  const values = new Map<string, string[]>()
  for (const { name, value } of fields) values.set(name, [...(values.get(name) ?? []), value])
  const added = [...values].map(([name, [first, ...others]]) => [
    name,
    others.length === 0 ? first : [first, ...others]
  ])
  return { ...Object.fromEntries(added), ...properties }
}
