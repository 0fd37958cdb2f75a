import { cpSync, mkdirSync } from 'node:fs'
import { join } from 'node:path'
import { pathToFileURL } from 'node:url'
import { silentLogger } from '../../lib/logger.ts'
import { openStore } from '../../store/open-store.ts'
import type { Store } from '../../store/store.ts'

/** A real store in `folder` with this room's table and no other. */
export function openModelStore(folder: string): Promise<Store> {
  const migrations = join(folder, 'migrations')
  mkdirSync(join(migrations, 'traces'), { recursive: true })
  cpSync(
    new URL('../../store/migrations/homeport/0005-local-models.sql', import.meta.url),
    join(migrations, 'homeport/0001-local-models.sql'),
    { recursive: true }
  )
  return openStore({ dataDir: folder, logger: silentLogger, migrations: pathToFileURL(`${migrations}/`) })
}
