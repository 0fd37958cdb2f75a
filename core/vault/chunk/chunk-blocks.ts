import type { Block } from './block.ts'
import { type Section, sectionGroups } from './section.ts'
import { splitBlock } from './split-block.ts'

/** Characters of a passage: enough to be understood alone, few enough to be about one thing. */
export const TARGET_LENGTH = 1600
/** A passage may grow by so much rather than leave a scrap behind. */
const STRETCHED_LENGTH = TARGET_LENGTH * 1.25
/** A table or piece of code may be so long before it is taken apart. */
const LONGEST_WHOLE = 4000

/** A passage by its place in the text, in characters. */
export interface TextChunk {
  /** From the outermost in. */
  headings: string[]
  start: number
  end: number
  searched: string
  /** What else it is searched by, with less weight. */
  context?: string
  /** Of a PDF, from 1. */
  page?: number
}

export interface ChunkOptions {
  /** Left out of the headings where it is the first of them. */
  title: string
  /** What is searched of a part of a block that had to be taken apart. */
  seen: (start: number, end: number) => string
}

/**
 * Takes a text apart by its headings into passages of about 1,600 characters. Short neighbours under one heading stay
 * together; tables, code and list items stay whole as long as they can.
 */
export const chunkBlocks = (text: string, blocks: readonly Block[], options: ChunkOptions): TextChunk[] =>
  sectionGroups(blocks, options.title).flatMap((group) => chunkSection(text, group, options.seen))

function chunkSection(text: string, section: Section, seen: ChunkOptions['seen']): TextChunk[] {
  const pieces = section.blocks.flatMap((block) =>
    block.end - block.start > limitOf(block) ? splitBlock(text, block, TARGET_LENGTH, seen) : [block]
  )
  const end = pieces.at(-1)?.end ?? 0
  const chunks: TextChunk[] = []
  const open: Block[] = []
  for (const piece of pieces) {
    const start = open[0]?.start ?? piece.start
    const isFull = piece.end - start > TARGET_LENGTH && end - start > STRETCHED_LENGTH
    const bodyLength = open.findLastIndex(({ kind }) => kind !== 'heading') + 1
    // headings stay with what stands under them
    if (isFull && bodyLength > 0) chunks.push(chunkOf(section.headings, open.splice(0, bodyLength)))
    open.push(piece)
  }
  if (open.length > 0) chunks.push(chunkOf(section.headings, open))
  return chunks
}

const limitOf = ({ kind }: Block): number =>
  kind === 'table' || kind === 'code' ? LONGEST_WHOLE : STRETCHED_LENGTH

const chunkOf = (headings: string[], blocks: readonly Block[]): TextChunk => ({
  headings,
  start: blocks[0]?.start ?? 0,
  end: blocks.at(-1)?.end ?? 0,
  searched: blocks.map(({ searched }) => searched).join('\n')
})
