import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { availableParallelism, tmpdir, totalmem } from 'node:os'
import { dirname, join } from 'node:path'
import { afterEach, beforeEach, describe, expect, test } from 'vitest'
import { readMachine } from './machine.ts'
import { memoryBudget } from './memory-budget.ts'

const GIB = 2 ** 30
const MEMINFO = 'MemTotal:       16777216 kB\nMemFree:          524288 kB\nMemAvailable:   10485760 kB\n'

describe('a machine', () => {
  let root: string
  const write = (files: Record<string, string | number>) => {
    for (const [name, text] of Object.entries(files)) {
      mkdirSync(dirname(join(root, name)), { recursive: true })
      writeFileSync(join(root, name), String(text))
    }
  }
  const read = () => readMachine({ devices: [], root, platform: 'linux' })
  beforeEach(() => {
    root = mkdtempSync(join(tmpdir(), 'homeport-machine-'))
    write({ 'proc/meminfo': MEMINFO })
  })
  afterEach(() => rmSync(root, { recursive: true }))

  test('has what programs can get free, not only what nobody uses', () => {
    expect(read().memory).toEqual({ totalBytes: 16 * GIB, freeBytes: 10 * GIB })
  })

  test('is as large as its container (control groups, version 2)', () => {
    write({
      'proc/self/cgroup': '0::/',
      'sys/fs/cgroup/memory.max': 4 * GIB,
      'sys/fs/cgroup/memory.current': 3 * GIB,
      // files it read lately: given back when needed
      'sys/fs/cgroup/memory.stat': `anon 1\ninactive_file ${2 * GIB}\n`
    })
    expect(read().memory).toEqual({ totalBytes: 4 * GIB, freeBytes: 3 * GIB })
  })

  test('is as large as the tightest of the groups around it', () => {
    write({
      'proc/self/cgroup': '0::/user.slice/app.scope',
      'sys/fs/cgroup/user.slice/memory.max': 6 * GIB,
      'sys/fs/cgroup/user.slice/memory.current': 1 * GIB,
      'sys/fs/cgroup/user.slice/app.scope/memory.max': 'max',
      'sys/fs/cgroup/user.slice/app.scope/memory.current': 1 * GIB
    })
    expect(read().memory).toEqual({ totalBytes: 6 * GIB, freeBytes: 5 * GIB })
  })

  test('is as large as its container (control groups, version 1)', () => {
    write({
      'proc/self/cgroup': '12:cpu,cpuacct:/docker/abc\n7:memory:/docker/abc\n',
      // the path is that outside of the container; inside, its group is the top
      'sys/fs/cgroup/memory/memory.limit_in_bytes': 2 * GIB,
      'sys/fs/cgroup/memory/memory.usage_in_bytes': GIB,
      'sys/fs/cgroup/memory/memory.stat': `total_inactive_file ${GIB / 2}\n`
    })
    expect(read().memory).toEqual({ totalBytes: 2 * GIB, freeBytes: 1.5 * GIB })
  })

  test('is as large as it is where groups set no limit', () => {
    write({
      'proc/self/cgroup': '7:memory:/',
      // how version 1 says that there is none
      'sys/fs/cgroup/memory/memory.limit_in_bytes': '9223372036854771712',
      'sys/fs/cgroup/memory/memory.usage_in_bytes': GIB
    })
    expect(read().memory).toEqual({ totalBytes: 16 * GIB, freeBytes: 10 * GIB })
  })

  test('has nothing free when its container is full', () => {
    write({
      'proc/self/cgroup': '0::/',
      'sys/fs/cgroup/memory.max': GIB,
      'sys/fs/cgroup/memory.current': GIB + 4096
    })
    expect(read().memory.freeBytes).toBe(0)
  })

  test('has as many cores as it has, and not as it has threads', () => {
    const processor = (id: number, core: number) =>
      `processor\t: ${id}\nphysical id\t: 0\ncore id\t\t: ${core}\ncpu cores\t: 1`
    write({ 'proc/cpuinfo': [processor(0, 0), processor(1, 0)].join('\n\n') })
    expect(read().physicalCores).toBe(1)
    write({ 'proc/cpuinfo': Array.from({ length: 512 }, (_, id) => processor(id, id)).join('\n\n') })
    expect(read().physicalCores).toBe(availableParallelism())
  })

  test('has the GPUs that the engine sees, in the same memory on a Mac of today', () => {
    const devices = [
      { name: 'Apple M4', kind: 'gpu' as const, totalBytes: 12 * GIB, freeBytes: 11 * GIB },
      { name: 'CPU', kind: 'cpu' as const, totalBytes: 16 * GIB, freeBytes: 8 * GIB }
    ]
    const mac = readMachine({ devices, platform: 'darwin', arch: 'arm64' })
    expect(mac).toMatchObject({ gpus: [{ totalBytes: 12 * GIB, freeBytes: 11 * GIB }], isUnified: true })
    expect(mac.memory.totalBytes).toBe(totalmem())
    expect(readMachine({ devices, root, platform: 'linux' }).isUnified).toBe(false)
  })

  test('of this very process can be read', () => {
    const { memory, physicalCores } = readMachine({ devices: [] })
    expect(memory.totalBytes).toBeGreaterThan(memory.freeBytes)
    expect(physicalCores).toBeGreaterThanOrEqual(1)
  })
})

describe('what models may take', () => {
  const machine = (memoryGib: number, gpus: number[] = [], isUnified = false) => ({
    memory: { totalBytes: memoryGib * GIB, freeBytes: GIB },
    gpus: gpus.map((gib) => ({ totalBytes: gib * GIB, freeBytes: gib * GIB })),
    isUnified,
    physicalCores: 4
  })

  test('leaves a quarter to other programs, and no more than 8 GiB', () => {
    expect(memoryBudget(machine(4), null).total).toBe(3 * GIB)
    expect(memoryBudget(machine(128), null).total).toBe(120 * GIB)
  })

  test('is that of all GPUs, and a little less', () => {
    expect(memoryBudget(machine(16, [8, 8]), null)).toEqual({
      system: 12 * GIB,
      gpu: 15 * GIB,
      total: 27 * GIB
    })
  })

  test('is counted once where both compute in the same memory', () => {
    expect(memoryBudget(machine(16, [12], true), null).total).toBe(12 * GIB)
  })

  test('is nothing on a GPU that is full', () => {
    expect(memoryBudget(machine(16, [0.25]), null).gpu).toBe(0)
  })

  test('is no more than the person says', () => {
    expect(memoryBudget(machine(16), 2048).total).toBe(2 * GIB)
    expect(memoryBudget(machine(16), 999_999).total).toBe(12 * GIB)
  })
})
