import { cpSync, mkdirSync, readdirSync } from 'node:fs'
import { join } from 'node:path'
import { pathToFileURL } from 'node:url'
import { silentLogger } from '../../lib/logger.ts'
import { openStore } from '../../store/open-store.ts'
import type { Store } from '../../store/store.ts'

/** A real store in `folder` with the tables of local models and no others. */
export function openModelStore(folder: string): Promise<Store> {
  const migrations = join(folder, 'migrations')
  mkdirSync(join(migrations, 'traces'), { recursive: true })
  const all = new URL('../../store/migrations/homeport/', import.meta.url)
  const ours = readdirSync(all).filter((name) => /-local-model/.test(name))
  for (const [index, name] of ours.sort().entries()) {
    const number = String(index + 1).padStart(4, '0')
    cpSync(new URL(name, all), join(migrations, `homeport/${number}${name.slice(4)}`), { recursive: true })
  }
  return openStore({ dataDir: folder, logger: silentLogger, migrations: pathToFileURL(`${migrations}/`) })
}
