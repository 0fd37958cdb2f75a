import { writeFile } from 'node:fs/promises'
import { UsageError } from './usage-error.ts'

/** Throws UsageError for a file that is there already, unless it may be overwritten, and for one that cannot be written. */
export async function writeNewFile(file: string, text: string, mayOverwrite: boolean): Promise<void> {
  try {
    await writeFile(file, text, { flag: mayOverwrite ? 'w' : 'wx' })
  } catch (error) {
    const code = error instanceof Error && 'code' in error ? error.code : null
    if (code === 'EEXIST') throw new UsageError(`"${file}" is there already; overwrite it with --force`)
    throw new UsageError(`"${file}" cannot be written${code ? ` (${code})` : ''}`)
  }
}
