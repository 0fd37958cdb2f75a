import { readFileSync } from 'node:fs'
import { join } from 'node:path'

// Checks package-lock.json without the network: `npm ci` must work on every platform, and fetch from nowhere odd.

const groups = ['dependencies', 'devDependencies', 'optionalDependencies'] as const
type Manifest = { [G in (typeof groups)[number]]?: Record<string, string> }

interface LockEntry extends Manifest {
  integrity?: string
  resolved?: string
  link?: boolean
  inBundle?: boolean
}
export interface Lockfile {
  packages: Record<string, LockEntry>
}

const registry = 'https://registry.npmjs.org/'

/** One line for each thing that is wrong in a lockfile, or between it and its package.json. */
export function lockProblems(manifest: Manifest, lock: Lockfile): string[] {
  return [...outOfSync(manifest, lock), ...missingPackages(lock), ...oddSources(lock)]
}

function outOfSync(manifest: Manifest, lock: Lockfile): string[] {
  const locked = lock.packages[''] ?? {}
  return groups.flatMap((group) => {
    const names = new Set([...Object.keys(manifest[group] ?? {}), ...Object.keys(locked[group] ?? {})])
    return [...names]
      .filter((name) => manifest[group]?.[name] !== locked[group]?.[name])
      .map((name) => `${name} differs between package.json and package-lock.json`)
  })
}

/**
 * A registry can list a version before all its platforms' packages are there; the lockfile then lacks them, and `npm ci`
 * refuses it on every platform. Use a version that is complete.
 */
function missingPackages(lock: Lockfile): string[] {
  const locked = new Set(Object.keys(lock.packages).map((path) => path.split('node_modules/').at(-1)))
  return Object.entries(lock.packages).flatMap(([path, { optionalDependencies = {} }]) =>
    Object.keys(optionalDependencies)
      .filter((name) => !locked.has(name))
      .map((name) => `${path || 'package.json'} needs ${name}, which is not in package-lock.json`)
  )
}

/** Entries name no host, so that any registry can serve them; the hash says what must come. */
function oddSources(lock: Lockfile): string[] {
  return Object.entries(lock.packages).flatMap(([path, entry]) => {
    if (path === '' || entry.link || entry.inBundle) return []
    if (!entry.integrity) return [`${path} has no integrity hash`]
    return !entry.resolved || entry.resolved.startsWith(registry)
      ? []
      : [`${path} comes from ${new URL(entry.resolved).host}`]
  })
}

/** The problems of the package.json and package-lock.json in a folder. */
export function readLockProblems(folder: string): string[] {
  const manifest: Manifest = JSON.parse(readFileSync(join(folder, 'package.json'), 'utf8'))
  const lock: Lockfile = JSON.parse(readFileSync(join(folder, 'package-lock.json'), 'utf8'))
  return lockProblems(manifest, lock)
}
