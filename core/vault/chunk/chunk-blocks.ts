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
  headings: string[]
  start: number
  end: number
  searched: string
  /** What else it is searched by, with less weight. */
  context?: string
  /** Of a PDF, from 1. */
  page?: number
}

/**
 * Takes a text apart by its headings into passages of about 1,600 characters. Short neighbours under one heading stay
 * together; tables, code and list items stay whole as long as they can. The title is left out of the headings.
 */
export function chunkBlocks(text: string, blocks: readonly Block[], title: string): TextChunk[] {
  return sectionGroups(blocks, title).flatMap((group) => chunkGroup(text, group))
}

function chunkGroup(text: string, { headings, blocks }: Section): TextChunk[] {
  const pieces = blocks.flatMap((block) =>
    block.end - block.start > limitOf(block) ? splitBlock(text, block, TARGET_LENGTH) : [block]
  )
  const chunks: TextChunk[] = []
  let open: Block[] = []
  const close = (): void => {
    if (open.length > 0) chunks.push(chunkOf(headings, open))
    open = []
  }
  for (const [index, piece] of pieces.entries()) {
    const start = open[0]?.start ?? piece.start
    const last = pieces.at(-1)
    const restFits = last !== undefined && last.end - start <= STRETCHED_LENGTH
    if (!restFits && piece.end - start > TARGET_LENGTH && !isBare(open)) close()
    open.push(piece)
    if (index === pieces.length - 1) close()
  }
  return chunks
}

const limitOf = ({ kind }: Block): number =>
  kind === 'table' || kind === 'code' ? LONGEST_WHOLE : STRETCHED_LENGTH

/** Nothing but headings: they stay with what stands under them. */
const isBare = (blocks: readonly Block[]): boolean => blocks.every(({ kind }) => kind === 'heading')

const chunkOf = (headings: string[], blocks: readonly Block[]): TextChunk => ({
  headings,
  start: blocks[0]?.start ?? 0,
  end: blocks.at(-1)?.end ?? 0,
  searched: blocks.map(({ searched }) => searched).join('\n')
})
