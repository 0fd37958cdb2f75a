import { mkdirSync, utimesSync, writeFileSync } from 'node:fs'
import { dirname, join } from 'node:path'
import { type Random, randomFrom } from './random.ts'

const DAY_MS = 86_400_000
/** Notes of one folder, on average. */
const NOTES_PER_FOLDER = 60
const topics = ['Projects', 'Areas', 'Daily', 'People', 'Reading', 'Recipes', 'Meetings', 'Archive']

/** A note of a made-up vault. */
export interface GeneratedNote {
  path: string
  text: string
  /** Milliseconds UTC. */
  modifiedAt: number
}

/**
 * Notes as people keep them: names of two or three words, most short and few long, most with properties and tags, linked to
 * few that much links to. The same numbers give the same notes.
 */
export function* generatedNotes(count: number, seed: number, now: number): Generator<GeneratedNote> {
  const random = randomFrom(seed)
  const vocabulary = Array.from({ length: 8000 }, () => madeUpWord(random))
  const word = () => vocabulary[Math.floor(vocabulary.length * random() ** 3)] ?? 'note'
  const names = Array.from({ length: count }, (_, index) => `${word()} ${word()} ${index.toString(36)}`)
  const folders = Math.max(1, Math.round(count / NOTES_PER_FOLDER))
  for (const [index, name] of names.entries()) {
    const folder = Math.floor(folders * random())
    // much links to few
    const linked = () => names[Math.floor(count * random() ** 4)] ?? name
    yield {
      path: `${topics[folder % topics.length]}/${folder}/${name}.md`,
      text: noteText({ random, word, linked }, index),
      modifiedAt: now - Math.floor(random() ** 2 * 1000 * DAY_MS)
    }
  }
}

/** Writes them, with their times. */
export function writeNotes(folder: string, notes: Iterable<GeneratedNote>): void {
  const made = new Set<string>()
  for (const { path, text, modifiedAt } of notes) {
    const file = join(folder, path)
    if (!made.has(dirname(file))) mkdirSync(dirname(file), { recursive: true })
    made.add(dirname(file))
    writeFileSync(file, text)
    utimesSync(file, modifiedAt / 1000, modifiedAt / 1000)
  }
}

interface Maker {
  random: Random
  word(): string
  linked(): string
}

function noteText({ random, word, linked }: Maker, index: number): string {
  const sentence = (): string => {
    const words = Array.from({ length: 6 + Math.floor(random() * 14) }, word)
    if (random() < 0.15) words.splice(Math.floor(words.length / 2), 0, `[[${linked()}]]`)
    return `${words.join(' ')}.`
  }
  const paragraph = (): string => Array.from({ length: 2 + Math.floor(random() * 4) }, sentence).join(' ')
  const list = (): string => Array.from({ length: 3 }, () => `- [ ] ${sentence()}`).join('\n')
  const code = (): string => `\`\`\`js\nconst ${word()} = ${index}\n\`\`\``
  const table = (): string => `| ${word()} | ${word()} |\n|---|---|\n| ${word()} | ${index} |`
  const block = (): string => {
    const kind = random()
    if (kind < 0.8) return paragraph()
    if (kind < 0.93) return list()
    return kind < 0.97 ? code() : table()
  }
  const properties =
    random() < 0.6
      ? `---\ntags: [${word()}, ${word()}/${word()}]\ncreated: 2025-0${1 + (index % 9)}-11\n---\n\n`
      : ''
  // half are below 1.5 KB, one in fifty above 10 KB
  const sections = 1 + Math.floor(2.5 * -Math.log(1 - random()))
  const body = Array.from({ length: sections }, () => `## ${word()} ${word()}\n\n${block()}\n\n${block()}\n`)
  return `${properties}${paragraph()}\n\n${body.join('\n')}`
}

function madeUpWord(random: Random): string {
  const syllables = ['ba', 'ke', 'li', 'mo', 'nu', 'ra', 'se', 'ti', 'vo', 'dan', 'fer', 'gol', 'har', 'jin']
  const length = 2 + Math.floor(random() * 3)
  return Array.from({ length }, () => syllables[Math.floor(random() * syllables.length)]).join('')
}
