import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { z } from 'zod'

/** Where Obsidian keeps a vault's settings, within the vault. */
export const APP_SETTINGS = '.obsidian/app.json'

const appSettingsSchema = z.object({ userIgnoreFilters: z.array(z.string()).nullish() })

/** Whether a path within the vault is one of Obsidian's "excluded files". */
export type IgnoreFilter = (path: string) => boolean

/** Reads what a vault leaves out; none where it has no readable settings. */
export function readIgnoreFilters(vaultFolder: string): IgnoreFilter[] {
  try {
    const settings: unknown = JSON.parse(readFileSync(join(vaultFolder, APP_SETTINGS), 'utf8'))
    return (appSettingsSchema.parse(settings).userIgnoreFilters ?? []).flatMap(filterOf)
  } catch {
    return []
  }
}

/** `/…/` is a regular expression on the path; anything else is how the path begins. Neither looks at case. */
function filterOf(written: string): IgnoreFilter[] {
  const filter = written.trim()
  if (filter === '') return []
  if (filter.length > 2 && filter.startsWith('/') && filter.endsWith('/')) {
    try {
      const expression = new RegExp(filter.slice(1, -1), 'i')
      return [(path) => expression.test(path)]
    } catch {
      return []
    }
  }
  const start = filter.toLowerCase()
  return [(path) => path.toLowerCase().startsWith(start)]
}
