import { constants } from 'node:fs'
import { link, open, readFile, realpath, unlink } from 'node:fs/promises'
import { join, relative, sep } from 'node:path'
import type { SavedNote, Source } from '../../contract/knowledge.ts'
import { HomeportError } from '../../errors/homeport-error.ts'
import { newSpanId } from '../../lib/ids.ts'
import { obsidianUrl } from '../obsidian/open-url.ts'
import { noteName } from './note-name.ts'
import { folderWithin, isCode, realWithin, stepsOf } from './within-folder.ts'

export type NoteFolder = Pick<Source, 'id' | 'kind' | 'folder'>

/** A note to write: whole, and under what name. */
export interface NewNote {
  /** Within the source, with `/` between folders; empty is its top. */
  folder: string
  name: string
  text: string
}

const MOST_TEMPLATE_BYTES = 1_000_000
const MOST_TRIES = 1000
const { O_CREAT, O_EXCL, O_WRONLY, O_NOFOLLOW } = constants

/**
 * Writes a note into a source. Never touches a file that is there: of a name that is taken, a number makes another one.
 * Resolves when it is on disk. Throws `bad-request` for a folder that is none within the source, `not-allowed` where a link
 * leads out of it, `unavailable` where it cannot be written.
 */
export async function writeNote(source: NoteFolder, { folder, name, text }: NewNote): Promise<SavedNote> {
  const steps = stepsOf(folder, 'folder')
  const root = await rootOf(source)
  try {
    const target = await folderWithin(root, steps)
    const file = await createFile(target, noteName(name), text)
    const path = relative(root, file).split(sep).join('/').normalize('NFC')
    const place = { path, headings: [], page: null }
    return {
      sourceId: source.id,
      path,
      obsidianUrl: source.kind === 'vault' ? obsidianUrl(source.folder, place) : null
    }
  } catch (error) {
    if (error instanceof HomeportError) throw error
    throw new HomeportError('unavailable', 'The note could not be written.', {
      action: 'Look whether the folder may be written to, and whether the disk is full.',
      cause: error
    })
  }
}

/** The text of a note that is a template. Throws `not-found`, and as `writeNote` does. */
export async function readTemplate(source: NoteFolder, path: string): Promise<string> {
  const steps = stepsOf(path, 'template')
  const root = await rootOf(source)
  try {
    const bytes = await readFile(await realWithin(root, join(root, ...steps)))
    if (bytes.length > MOST_TEMPLATE_BYTES) throw noTemplate()
    return bytes.toString('utf8')
  } catch (error) {
    throw error instanceof HomeportError ? error : noTemplate(error)
  }
}

async function rootOf({ folder }: NoteFolder): Promise<string> {
  try {
    return await realpath(folder)
  } catch (error) {
    throw new HomeportError('unavailable', 'The folder of this source is not there now.', { cause: error })
  }
}

/** Whoever reads the folder sees the whole note or none, also after a power cut. */
async function createFile(folder: string, name: string, text: string): Promise<string> {
  // hidden, so that nobody takes it for a note
  const draft = join(folder, `.${newSpanId()}.tmp`)
  await writeNew(draft, text)
  try {
    for (let number = 1; number <= MOST_TRIES; number++) {
      const path = join(folder, number === 1 ? `${name}.md` : `${name} ${number}.md`)
      if (await isPlaced(draft, path, text)) {
        await syncFolder(folder)
        return path
      }
    }
  } finally {
    await unlink(draft).catch(() => {})
  }
  throw new HomeportError('conflict', 'There are too many notes of this name.', { param: 'name' })
}

/** False where the name is taken: a second link, unlike a rename, replaces nothing. */
async function isPlaced(draft: string, path: string, text: string): Promise<boolean> {
  try {
    await link(draft, path)
    return true
  } catch (error) {
    if (isCode(error, 'EEXIST')) return false
  }
  try {
    // drives of cameras and some networks know no links
    await writeNew(path, text)
    return true
  } catch (error) {
    if (isCode(error, 'EEXIST')) return false
    throw error
  }
}

async function writeNew(path: string, text: string): Promise<void> {
  const file = await open(path, O_CREAT | O_EXCL | O_WRONLY | (O_NOFOLLOW ?? 0), 0o644)
  try {
    await file.writeFile(text)
    await file.sync()
  } catch (error) {
    // half a note is none
    await unlink(path).catch(() => {})
    throw error
  } finally {
    await file.close()
  }
}

/** Only then is the name on disk too. Some systems cannot; the note is written all the same. */
async function syncFolder(folder: string): Promise<void> {
  const handle = await open(folder, 'r').catch(() => null)
  await handle?.sync().catch(() => {})
  await handle?.close()
}

const noTemplate = (cause?: unknown): HomeportError =>
  new HomeportError('not-found', 'There is no such template in the source.', { param: 'template', cause })
