import { spawn } from 'node:child_process'
import { createHash } from 'node:crypto'
import { once } from 'node:events'
import { mkdirSync, readdirSync, readFileSync, renameSync, rmSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { setTimeout as sleep } from 'node:timers/promises'
import { openIndex } from '../../store/index-database.ts'

export interface KillsOptions {
  /** Empty; notes and indexes are made in it. */
  folder: string
  kills: number
  notes: number
  /** From 0 up to 1; the same numbers make the same changes. */
  random: () => number
}

export interface KillsResult {
  /** Processes that were killed while they worked: as many as were asked for. */
  killed: number
  isEqual: boolean
}

const entry = new URL('./test-processes/ingest-process.ts', import.meta.url)
/** A line of a template, which is left out of what many notes are searched for. */
const template = 'Reviewed on paper every Friday by the harbour master.'
const words = [
  'anchor',
  'buoy',
  'copper',
  'driftwood',
  'estuary',
  'ferry',
  'granite',
  'harbour',
  'island',
  'jetty'
]

/**
 * Changes a folder and kills whoever brings it into its index, again and again; then lets it finish, and compares the index
 * with one that is made of the same folder at once.
 */
export async function indexUnderKills({ folder, kills, notes, random }: KillsOptions): Promise<KillsResult> {
  const vault = join(folder, 'vault')
  mkdirSync(vault)
  const pick = (count: number): number => Math.floor(random() * count)
  const text = (): string => {
    const sections = Array.from({ length: 1 + pick(4) }, () => {
      const line = Array.from({ length: 5 + pick(40) }, () => words[pick(words.length)]).join(' ')
      return `## ${words[pick(words.length)]}\n\n${line} [[note ${pick(notes)}]]\n`
    })
    return `${random() < 0.3 ? `${template}\n\n` : ''}${sections.join('\n')}`
  }
  for (let note = 0; note < notes; note++) writeFileSync(join(vault, `note ${note}.md`), text())
  const index = join(folder, 'killed.db')
  let killed = 0
  let longestMs = 1000
  while (killed < kills) {
    const child = spawn(process.execPath, [entry.pathname, vault, index], {
      stdio: ['ignore', 'pipe', 'inherit']
    })
    const gone = once(child, 'exit')
    await once(child.stdout, 'data')
    const began = performance.now()
    await Promise.race([gone, sleep(random() * longestMs)])
    // what finishes sooner is killed sooner from then on
    if (child.exitCode === null) killed += 1
    else longestMs = Math.max(50, (performance.now() - began) * 0.9)
    child.kill('SIGKILL')
    await gone
    changeSome(vault, { pick, text, count: 1 + pick(notes / 4) })
  }
  await complete(vault, index)
  const clean = join(folder, 'clean.db')
  await complete(vault, clean)
  return { killed, isEqual: digestOf(index) === digestOf(clean) }
}

async function complete(vault: string, index: string): Promise<void> {
  const child = spawn(process.execPath, [entry.pathname, vault, index], {
    stdio: ['ignore', 'pipe', 'inherit']
  })
  let said = ''
  child.stdout.on('data', (part) => {
    said += part
  })
  await once(child, 'exit')
  if (!said.endsWith('ready\n')) throw new Error(`the index did not complete: ${said}`)
}

interface Changes {
  pick(count: number): number
  text(): string
  count: number
}

/** Edits, moves, removes and adds notes. */
function changeSome(vault: string, { pick, text, count }: Changes): void {
  for (let change = 0; change < count; change++) {
    const names = readdirSync(vault, { recursive: true, encoding: 'utf8' }).filter((name) =>
      name.endsWith('.md')
    )
    const file = join(vault, names[pick(names.length)] ?? '')
    const kind = pick(5)
    if (kind === 0) rmSync(file)
    else if (kind === 1) writeFileSync(join(vault, `added ${pick(100_000)}.md`), text())
    else if (kind === 2) {
      const to = join(vault, `folder ${pick(5)}`)
      mkdirSync(to, { recursive: true })
      renameSync(file, join(to, file.slice(file.lastIndexOf('/') + 1)))
    } else writeFileSync(file, `${readFileSync(file, 'utf8')}\n${text()}`)
  }
}

/** All that an index says, whatever the order it was told in. */
function digestOf(path: string): string {
  const connection = openIndex(path)
  try {
    connection.exec("CREATE VIRTUAL TABLE temp.words USING fts5vocab ('main', 'chunk_words', 'row')")
    const parts = [
      'SELECT path, status, title, aliases, tags, hash, chunk_count, left_out FROM documents ORDER BY path',
      `SELECT path, ordinal, headings, text, start, end, has_vector FROM chunks JOIN documents ON documents.id = document_id
       ORDER BY path, ordinal`,
      `SELECT path, target, subpath, line, start FROM links JOIN documents ON documents.id = document_id
       ORDER BY path, start`,
      `SELECT name, path, is_alias FROM document_names JOIN documents ON documents.id = document_id ORDER BY name, path`,
      'SELECT term, doc, cnt FROM temp.words ORDER BY term',
      'SELECT count(*) FROM chunks WHERE has_vector = 0'
    ].map((sql) => connection.prepare(sql).raw().all())
    return createHash('sha256').update(JSON.stringify(parts)).digest('hex')
  } finally {
    connection.close()
  }
}
