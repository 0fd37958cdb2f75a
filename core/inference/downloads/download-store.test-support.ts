import { cpSync, existsSync, mkdirSync } from 'node:fs'
import { join } from 'node:path'
import { pathToFileURL } from 'node:url'
import { silentLogger } from '../../lib/logger.ts'
import { openStore } from '../../store/open-store.ts'
import type { Store } from '../../store/store.ts'

/** A real store in `folder` with this room's tables and no other. */
export function openDownloadStore(folder: string): Promise<Store> {
  const migrations = join(folder, 'migrations')
  if (!existsSync(migrations)) {
    mkdirSync(join(migrations, 'traces'), { recursive: true })
    cpSync(
      new URL('../../store/migrations/homeport/0010-downloads.sql', import.meta.url),
      join(migrations, 'homeport/0001-downloads.sql'),
      { recursive: true }
    )
  }
  return openStore({ dataDir: folder, logger: silentLogger, migrations: pathToFileURL(`${migrations}/`) })
}
