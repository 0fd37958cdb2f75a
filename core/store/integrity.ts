import { once } from 'node:events'
import { Worker } from 'node:worker_threads'
import { entryUrl } from '../lib/entry-url.ts'
import type { Logger } from '../lib/logger.ts'
import { listBackups } from './backup.ts'
import type { IntegrityResult, IntegrityTask } from './integrity-task.ts'
import { markSuspect } from './recover.ts'
import type { DatabaseName } from './store.ts'

const DAY_MS = 24 * 60 * 60 * 1000

async function runTask(task: IntegrityTask): Promise<IntegrityResult> {
  const worker = new Worker(entryUrl(import.meta.url, './integrity.worker.ts'), { workerData: task })
  worker.unref()
  // an error of the worker rejects here
  const [result]: IntegrityResult[] = await once(worker, 'message')
  return result ?? { ok: false }
}

/**
 * Looks through the databases that were left open by a daemon that died, in a worker; call it once the daemon is
 * ready. What it finds damaged is examined again, and replaced by a backup, at the next start. Returns what the person
 * has to know. Does not throw.
 */
export async function checkAfterUncleanStop(options: {
  dataDir: string
  databases: readonly DatabaseName[]
  logger: Logger
}): Promise<string[]> {
  const { dataDir, databases, logger } = options
  const notices: string[] = []
  for (const database of databases) {
    try {
      const { ok } = await runTask({ task: 'check', dataDir, database })
      logger.info({ database, ok }, 'Checked a database after an unclean stop')
      if (ok) continue
      markSuspect(dataDir, database)
      notices.push(`${database}.db is damaged. Restart Homeport, so that it can restore the newest backup.`)
    } catch (error) {
      logger.error({ database, error }, 'A database could not be checked')
    }
  }
  return notices
}

/**
 * Copies `homeport.db` into `backups/` when the newest copy is a day old, in a worker. Returns whether a copy was made.
 * Call it some time after start and every few hours. Traces are not copied: they are many and replaceable.
 * Rejects when the copy could not be made.
 */
export async function backupIfDue(options: {
  dataDir: string
  logger: Logger
  now?: () => number
}): Promise<boolean> {
  const { dataDir, logger, now = Date.now } = options
  const newest = listBackups(dataDir, 'homeport')[0]
  if (newest && now() - newest.takenAt < DAY_MS) return false
  const { ok } = await runTask({ task: 'backup', dataDir, database: 'homeport' })
  if (ok) logger.info({}, 'Made the daily backup')
  else logger.error({}, 'The daily backup was not good and was removed')
  return ok
}
