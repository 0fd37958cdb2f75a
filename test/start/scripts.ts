import path from 'node:path'
import { pathToFileURL } from 'node:url'

/** What the start scripts export. They are plain JavaScript, so that any Node from 20 on can run them. */
interface BuildScript {
  isStale(root: string): boolean
  sourceFingerprint(root: string): string
  buildIfStale(root: string): boolean
}
interface FetchOptions {
  installer: string
  env: Record<string, string>
  firstByteMs?: number
  stallMs?: number
  longestMs?: number
}
interface ElectronScript {
  findElectron(root: string, env: Record<string, string>): string | null
  fetchElectron(root: string, options: FetchOptions): Promise<string | null>
}

export const bin = path.resolve(import.meta.dirname, '../../resources/bin')
const load = (name: string) => import(pathToFileURL(path.join(bin, name)).href)

export const loadBuildScript = (): Promise<BuildScript> => load('build-if-stale.mjs')
export const loadElectronScript = (): Promise<ElectronScript> => load('electron-binary.mjs')
