import { rmSync } from 'node:fs'
import { parentPort, workerData } from 'node:worker_threads'
import { isGood, takeBackup } from './backup.ts'
import { databasePath, openReadable } from './connection.ts'
import type { IntegrityResult, IntegrityTask } from './integrity-task.ts'

// Reading a whole database takes as long as the disk takes, so it happens here and not on the daemon's thread.

const { task, dataDir, database } = workerData as IntegrityTask

function backup(): boolean {
  const connection = openReadable(databasePath(dataDir, database))
  try {
    const copy = takeBackup(connection, dataDir, database)
    if (isGood(copy.path)) return true
    rmSync(copy.path, { force: true })
    return false
  } finally {
    connection.close()
  }
}

const result: IntegrityResult = { ok: task === 'check' ? isGood(databasePath(dataDir, database)) : backup() }
parentPort?.postMessage(result)
