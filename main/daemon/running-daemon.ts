import { readFile } from 'node:fs/promises'
import { join } from 'node:path'
import { type DaemonFile, daemonFileSchema, healthSchema } from '../../core/contract/info.ts'
import { baseUrlOf, callDaemon } from './control-client.ts'
import { compareVersions } from './versions.ts'

/** A daemon that already serves the data folder, by the version it has compared to ours. */
export type RunningDaemon = { kind: 'none' } | { kind: 'same' | 'older' | 'newer'; file: DaemonFile }

const probeTimeoutMs = 1000

/**
 * Looks for a daemon of this data folder. `daemon.json` may be left over from one that was killed, and its port may
 * belong to somebody else by now: only one that answers and takes the control token of the file counts.
 */
export async function findRunningDaemon(dataDir: string, version: string): Promise<RunningDaemon> {
  const file = await readDaemonFile(dataDir)
  if (file === null || !(await answers(file))) return { kind: 'none' }
  const order = compareVersions(file.version, version)
  return { kind: order === 0 ? 'same' : order < 0 ? 'older' : 'newer', file }
}

/** Asks a daemon to stop, and waits until it has. Returns whether it did within ten seconds. */
export async function stopRunningDaemon(file: DaemonFile): Promise<boolean> {
  const address = { baseUrl: baseUrlOf(file.port), token: file.controlToken }
  await callDaemon(address, 'POST /app/shutdown').catch(() => null)
  for (let attempt = 0; attempt < 100; attempt++) {
    if (!isAlive(file.pid)) return true
    await new Promise((resolve) => setTimeout(resolve, 100))
  }
  return false
}

async function readDaemonFile(dataDir: string): Promise<DaemonFile | null> {
  try {
    return daemonFileSchema.parse(JSON.parse(await readFile(join(dataDir, 'daemon.json'), 'utf8')))
  } catch {
    return null
  }
}

async function answers(file: DaemonFile): Promise<boolean> {
  const baseUrl = baseUrlOf(file.port)
  try {
    const health = await fetch(`${baseUrl}/health`, { signal: AbortSignal.timeout(probeTimeoutMs) })
    if (!healthSchema.safeParse(await health.json()).success) return false
    const info = await fetch(`${baseUrl}/app/info`, {
      headers: { authorization: `Bearer ${file.controlToken}` },
      signal: AbortSignal.timeout(probeTimeoutMs)
    })
    return info.ok
  } catch {
    return false
  }
}

function isAlive(pid: number): boolean {
  try {
    process.kill(pid, 0)
    return true
  } catch {
    return false
  }
}
