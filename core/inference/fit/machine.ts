import { readFileSync } from 'node:fs'
import { availableParallelism, cpus, freemem, totalmem } from 'node:os'
import { join } from 'node:path'
import type { EngineDevice } from '../../contract/engine-frames.ts'

/** What models can be run on here. Bytes. */
export interface Machine {
  memory: { totalBytes: number; freeBytes: number }
  gpus: readonly { totalBytes: number; freeBytes: number }[]
  /** Whether the GPU computes in the same memory as the processor. */
  isUnified: boolean
  physicalCores: number
}

export interface ReadMachineOptions {
  /** As the engine named them before any model was loaded; empty while it has not run. */
  devices: readonly Pick<EngineDevice, 'kind' | 'totalBytes' | 'freeBytes'>[]
  /** Where Linux tells about itself; only tests give another. */
  root?: string
  platform?: NodeJS.Platform
  arch?: string
}

/** Looks at this machine. In a container its memory is that of the container. */
export function readMachine(options: ReadMachineOptions): Machine {
  const { devices, root = '/', platform = process.platform, arch = process.arch } = options
  const gpus = devices.filter((device) => device.kind === 'gpu')
  return {
    memory: platform === 'linux' ? linuxMemory(root) : { totalBytes: totalmem(), freeBytes: freemem() },
    gpus: gpus.map(({ totalBytes, freeBytes }) => ({ totalBytes, freeBytes })),
    isUnified: platform === 'darwin' && arch === 'arm64',
    physicalCores: platform === 'linux' ? linuxCores(root) : otherCores(platform, arch)
  }
}

function linuxMemory(root: string): Machine['memory'] {
  const info = read(join(root, 'proc/meminfo'))
  const kilobytes = (name: string) => Number(new RegExp(`^${name}:\\s+(\\d+) kB`, 'm').exec(info)?.[1])
  const totalBytes = kilobytes('MemTotal') * 1024 || totalmem()
  // what programs can get, caches given back; MemFree alone is close to nothing on a machine that has run for a day
  const freeBytes = kilobytes('MemAvailable') * 1024 || freemem()
  const group = groupMemory(root)
  return {
    totalBytes: Math.min(totalBytes, group.limit),
    freeBytes: Math.max(0, Math.min(freeBytes, group.limit - group.used))
  }
}

/**
 * The least that any control group around this process leaves it, and what is used of it; files that the system keeps in
 * memory as long as nobody needs it do not count. Source: Documentation/admin-guide/cgroup-v2.rst and
 * cgroup-v1/memory.rst of Linux.
 */
function groupMemory(root: string): { limit: number; used: number } {
  let tightest = { limit: Number.POSITIVE_INFINITY, used: 0 }
  for (const line of read(join(root, 'proc/self/cgroup')).split('\n')) {
    const [, controllers, path] = /^\d+:([^:]*):(.*)$/.exec(line) ?? []
    if (controllers === undefined || path === undefined) continue
    const isV2 = controllers === ''
    if (!isV2 && !controllers.split(',').includes('memory')) continue
    const base = join(root, 'sys/fs/cgroup', isV2 ? '' : 'memory')
    for (const folder of foldersUpFrom(path)) {
      const group = join(base, folder)
      const limit = numberIn(join(group, isV2 ? 'memory.max' : 'memory.limit_in_bytes'))
      if (!(limit < tightest.limit)) continue
      const used = numberIn(join(group, isV2 ? 'memory.current' : 'memory.usage_in_bytes')) || 0
      const cached = Number(
        /^(?:total_)?inactive_file (\d+)$/m.exec(read(join(group, 'memory.stat')))?.[1] ?? 0
      )
      tightest = { limit, used: Math.max(0, used - cached) }
    }
  }
  return tightest
}

/** `/a/b` → `/a/b`, `/a`, `/`. Inside a container the path may be that outside of it, and only the last exists. */
function foldersUpFrom(path: string): string[] {
  const names = path.split('/').filter((name) => name !== '' && name !== '..')
  return [...names.keys(), names.length].reverse().map((length) => names.slice(0, length).join('/'))
}

function linuxCores(root: string): number {
  const cores = new Set<string>()
  for (const processor of read(join(root, 'proc/cpuinfo')).split('\n\n')) {
    const core = /^core id\s*: (\d+)$/m.exec(processor)?.[1]
    if (core !== undefined) cores.add(`${/^physical id\s*: (\d+)$/m.exec(processor)?.[1]}/${core}`)
  }
  return atLeastOne(Math.min(cores.size === 0 ? cpus().length : cores.size, availableParallelism()))
}

/** Macs with Apple's processors have one thread a core; other processors usually two. */
function otherCores(platform: NodeJS.Platform, arch: string): number {
  const isSingle = platform === 'darwin' && arch === 'arm64'
  return atLeastOne(Math.floor(cpus().length / (isSingle ? 1 : 2)))
}

const atLeastOne = (count: number) => Math.max(1, count)

/** NaN for `max` and for a file that is not there. */
const numberIn = (path: string) => Number.parseInt(read(path), 10)

function read(path: string): string {
  try {
    return readFileSync(path, 'utf8')
  } catch {
    return ''
  }
}
