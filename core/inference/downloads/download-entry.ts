import { basename } from 'node:path'
import type { Download } from '../../contract/downloads.ts'
import type { Throttled } from '../../lib/throttle.ts'
import { stemOf } from '../files/model-files.ts'
import type { DownloadRecord } from './download-repository.ts'
import { partNames } from './part-names.ts'
import type { TransferRate } from './transfer-rate.ts'

/** A download of this process: what is kept of it, and what it is doing. */
export interface DownloadEntry {
  readonly record: DownloadRecord
  /** To be called after each change that the person sees. */
  readonly changed: Throttled
  received: number
  /** Null while it does nothing. */
  run: DownloadRun | null
}

export interface DownloadRun {
  readonly abort: AbortController
  readonly rate: TransferRate
  ended: Promise<void>
  isVerifying: boolean
  /** Why it waits to try again. */
  problem: string | null
}

/** All parts together; null while one of them is unknown. */
export function sizeOf({ file, files }: DownloadRecord): number | null {
  if (files.length < partNames(file).length) return null
  return files.reduce<number | null>(
    (sum, { sizeBytes }) => (sum === null || sizeBytes === null ? null : sum + sizeBytes),
    0
  )
}

/** As it is told to windows. */
export function describeDownload({ record, received, run }: DownloadEntry): Download {
  const sizeBytes = sizeOf(record)
  const state = stateOf(record, run)
  const rate = state === 'downloading' && run !== null ? run.rate.read(performance.now()) : null
  const left = sizeBytes === null ? null : Math.max(sizeBytes - received, 0)
  return {
    id: record.id,
    repo: record.repo,
    file: record.file,
    revision: record.revision,
    name: stemOf(basename(record.file)),
    state,
    sizeBytes,
    receivedBytes: state === 'done' ? (sizeBytes ?? received) : received,
    bytesPerSecond: rate,
    secondsLeft: left === null || rate === null || rate < 1 ? null : left / rate,
    problem: record.problem ?? (state === 'downloading' && run !== null ? run.problem : null),
    modelId: record.modelId,
    startedAt: record.startedAt
  }
}

function stateOf({ state }: DownloadRecord, run: DownloadRun | null): Download['state'] {
  if (run === null || state !== 'queued') return state
  return run.isVerifying ? 'verifying' : 'downloading'
}
