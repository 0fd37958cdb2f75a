import type { FoundChunk } from '../../retrieval/knowledge-index.ts'
import { MarkdownInline } from '../parse/markdown-inline.ts'
import { outlineOf } from './outline.ts'

/** A word of a heading says as much of its section as so many of its text. */
const IN_HEADING = 2

/** What stands under one heading within a passage. Characters of its text. */
interface Section {
  headings: string[]
  start: number
  /** Where the heading's line ends. */
  bodyStart: number
  end: number
}

/**
 * The headings that a passage was found under. Short sections stand together in one passage, whose own headings are what they
 * share: of them that one is meant which has most of the question's words that the others have not.
 */
export function exactHeadings({ document, chunk, highlights }: FoundChunk): string[] {
  if (document.kind !== 'markdown' || highlights.length === 0) return chunk.headings
  const sections = sectionsOf(chunk, document.title)
  if (sections.length < 2) return chunk.headings
  const scores = scoresOf(sections, chunk.text, highlights)
  const best = Math.max(...scores)
  return sections[scores.indexOf(best)]?.headings ?? chunk.headings
}

function sectionsOf({ text, headings }: FoundChunk['chunk'], title: string): Section[] {
  const outline = outlineOf(text).map(({ text: written, level, start }) => ({
    text: new MarkdownInline(written).seen(0, written.length).trim(),
    level,
    start: charactersAt(text, start)
  }))
  const [first] = outline
  if (!first) return []
  // what stands above the first of them is what the passage says beyond it
  const named = headings[0] === title ? headings : [title, ...headings]
  const at = named.lastIndexOf(first.text)
  const above = at === -1 ? headings : named.slice(0, at)
  const path: { text: string; level: number }[] = []
  const sections = outline.map((heading, index): Section => {
    while ((path.at(-1)?.level ?? 0) >= heading.level) path.pop()
    path.push(heading)
    const whole = [...above, ...path.map((one) => one.text)]
    const line = text.indexOf('\n', heading.start)
    return {
      headings: whole[0] === title ? whole.slice(1) : whole,
      start: heading.start,
      bodyStart: line === -1 ? text.length : line,
      end: outline[index + 1]?.start ?? text.length
    }
  })
  return first.start > 0 ? [{ headings, start: 0, bodyStart: 0, end: first.start }, ...sections] : sections
}

/** For each section, its different words that were asked for: each counts less, the more sections have it. */
function scoresOf(
  sections: readonly Section[],
  text: string,
  highlights: readonly [number, number][]
): number[] {
  const weights = sections.map(({ start, bodyStart, end }) => {
    const words = new Map<string, number>()
    for (const [from, until] of highlights) {
      if (from < start || from >= end) continue
      const word = text.slice(from, until).toLowerCase()
      words.set(word, Math.max(words.get(word) ?? 0, from < bodyStart ? IN_HEADING : 1))
    }
    return words
  })
  const holders = (word: string): number => weights.filter((words) => words.has(word)).length
  return weights.map((words) => [...words].reduce((sum, [word, weight]) => sum + weight / holders(word), 0))
}

const charactersAt = (text: string, bytes: number): number =>
  Buffer.from(text).subarray(0, bytes).toString().length
