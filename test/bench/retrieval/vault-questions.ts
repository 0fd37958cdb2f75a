import { z } from 'zod'
import { type Section, sectionsOf } from './note-sections.ts'

/** A question to a vault and where its answer stands. */
export interface VaultQuestion {
  text: string
  /** Any of them is an answer. The first is the one the question was written for. */
  places: AnswerPlace[]
}

export interface AnswerPlace {
  /** Of the note, within the vault. */
  path: string
  /** The nearest heading; null for what stands before the first one, absent for anywhere in the note. */
  heading?: string | null
}

const lineSchema = z.object({
  question: z.string().min(1),
  path: z.string().min(1),
  heading: z.string().nullish(),
  paths: z.array(z.string()).default([])
})

/** `Note.md#Heading` or `Note.md`, as links are written. */
function parsePlace(written: string): AnswerPlace {
  const [path = '', ...heading] = written.split('#')
  return heading.length > 0 ? { path, heading: heading.join('#') } : { path }
}

/** Reads one question a line: `{"question", "path", "heading", "paths"?}`. */
export function readVaultQuestions(jsonLines: string): VaultQuestion[] {
  return jsonLines
    .split('\n')
    .filter((line) => line.trim() !== '')
    .map((line) => {
      const { question, path, heading, paths } = lineSchema.parse(JSON.parse(line))
      const place = heading === undefined ? { path } : { path, heading }
      return { text: question, places: [place, ...paths.map(parsePlace)] }
    })
}

/** A heading by its letters and digits: questions may name it without its markup. */
export const headingWords = (heading: string) =>
  heading
    .toLowerCase()
    .match(/[\p{L}\p{N}]+/gu)
    ?.join(' ') ?? heading

/** Bytes of a note in which an answer stands. */
export interface AnswerRange {
  path: string
  /** By its letters and digits; null where it is any, or none. */
  heading: string | null
  /** Several, where the heading stands there several times. */
  ranges: Pick<Section, 'start' | 'end'>[]
}

/**
 * Where in the note an answer stands. What stands before the first heading and is nothing but properties belongs to the
 * whole note: no passage but those under the headings can be found for it. Null where the heading is not in the note.
 */
export function answerRange({ path, heading }: AnswerPlace, note: Buffer): AnswerRange | null {
  const whole = { start: 0, end: note.length }
  if (heading === undefined || !path.endsWith('.md')) return { path, heading: null, ranges: [whole] }
  const sections = sectionsOf(note.toString())
  const first = sections[0]
  if (heading === null)
    return { path, heading: null, ranges: first === undefined || first.isBare ? [whole] : [first] }
  const wanted = headingWords(heading)
  const ranges = sections.filter(
    (section) => section.heading !== null && headingWords(section.heading) === wanted
  )
  return ranges.length > 0 ? { path, heading: wanted, ranges } : null
}

/** Whether a passage shows some of the answer. A passage without text, such as a title alone, lies in what it touches. */
export const covers = (
  { path, ranges }: Pick<AnswerRange, 'path' | 'ranges'>,
  passage: { path: string; start: number; end: number }
): boolean =>
  path.normalize() === passage.path.normalize() &&
  ranges.some(({ start, end }) =>
    passage.start === passage.end || start === end
      ? passage.start <= end && passage.end >= start
      : passage.start < end && passage.end > start
  )
