import { existsSync } from 'node:fs'
import { statfs } from 'node:fs/promises'
import { join } from 'node:path'
import type { DoctorCheck } from '../../contract/info.ts'
import type { EngineStatus, LocalModel } from '../../contract/local-models.ts'

/** Less than most models take. */
const LOW_DISK_BYTES = 5_000_000_000
/** Less than the smallest models take with room to spare for what else runs. */
const LOW_MEMORY_BYTES = 1_000_000_000

/** Of the models of this machine: which can be used, which cannot and why, and which are too large for it. */
export function localModelsCheck(models: readonly LocalModel[]): DoctorCheck {
  const unusable = models.filter(({ state }) => state === 'broken' || state === 'missing')
  const tooLarge = models.filter((model) => !unusable.includes(model) && model.fit.verdict === 'no')
  return {
    name: 'Models here',
    state: unusable.length + tooLarge.length > 0 ? 'warning' : 'ok',
    message: [
      models.length === 0 ? 'None yet.' : `${models.length - unusable.length - tooLarge.length} usable.`,
      ...tooLarge.map(({ name, fit }) => `${name} does not fit this machine${needs(fit)}.`),
      ...unusable.map(({ name, problem }) => `${name}: ${problem ?? 'not usable'}.`)
    ].join(' ')
  }
}

const needs = ({ memoryBytes }: LocalModel['fit']): string =>
  memoryBytes === null ? '' : `: it needs ${gigabytes(memoryBytes)}`

/** What models are computed on. `hasNvidia` is whether a driver of NVIDIA is there. */
export function engineCheck(
  { backend, devices }: Pick<EngineStatus, 'backend' | 'devices'>,
  hasNvidia: boolean
): DoctorCheck {
  if (backend === null) return { name: 'Engine', state: 'ok', message: 'Not started yet.' }
  const gpus = devices.filter(({ kind }) => kind === 'gpu').map(({ name }) => name)
  if (backend !== 'CPU') {
    return { name: 'Engine', state: 'ok', message: `Runs on ${[backend, ...gpus].join(', ')}.` }
  }
  return hasNvidia
    ? {
        name: 'Engine',
        state: 'warning',
        message: 'Runs on the CPU although there is a GPU of NVIDIA. Run once: npm run gpu'
      }
    : { name: 'Engine', state: 'ok', message: 'Runs on the CPU.' }
}

/** Whether a driver of NVIDIA is installed, on the systems whose GPU package is an extra. */
export function findNvidia(
  platform: NodeJS.Platform = process.platform,
  env: Readonly<Record<string, string | undefined>> = process.env
): boolean {
  if (platform === 'linux') return existsSync('/proc/driver/nvidia/version')
  return platform === 'win32' && existsSync(join(env.SystemRoot ?? 'C:\\Windows', 'System32', 'nvcuda.dll'))
}

export function memoryCheck({ memory }: Pick<EngineStatus, 'memory'>): DoctorCheck {
  const { budgetBytes, usedBytes, systemFreeBytes, systemTotalBytes } = memory
  return {
    name: 'Memory for models',
    state: systemFreeBytes < LOW_MEMORY_BYTES ? 'warning' : 'ok',
    message: [
      `${gigabytes(usedBytes)} of at most ${gigabytes(budgetBytes)} taken;`,
      `this machine has ${gigabytes(systemFreeBytes)} of ${gigabytes(systemTotalBytes)} free.`
    ].join(' ')
  }
}

export async function modelsFolderCheck(modelsDir: string): Promise<DoctorCheck> {
  const { bavail, bsize } = await statfs(modelsDir)
  const free = bavail * bsize
  return {
    name: 'Models folder',
    state: free < LOW_DISK_BYTES ? 'warning' : 'ok',
    message: `${modelsDir} (${gigabytes(free)} free)`
  }
}

const gigabytes = (bytes: number): string => `${(bytes / 1e9).toFixed(1)} GB`
