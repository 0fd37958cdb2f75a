import { existsSync, readFileSync } from 'node:fs'
import { join, resolve } from 'node:path'

/** The built app that is tested: the working tree, or an unpacked `app.asar` (test/pack/pack-check.mjs). */
export const appRoot = process.env.HOMEPORT_E2E_ROOT ?? resolve(import.meta.dirname, '../..')

/** A real Electron binary, or null. Never downloads one, as `import 'electron'` would. */
function electronBinary(): string | null {
  if (process.env.HOMEPORT_ELECTRON !== undefined) return process.env.HOMEPORT_ELECTRON
  const folder = resolve(import.meta.dirname, '../../node_modules/electron')
  const pathFile = join(folder, 'path.txt')
  if (!existsSync(pathFile)) return null
  const binary = join(folder, 'dist', readFileSync(pathFile, 'utf8'))
  return existsSync(binary) ? binary : null
}

const binary = process.env.HOMEPORT_E2E_BACKEND === 'standin' ? null : electronBinary()
if (binary === null && process.env.HOMEPORT_E2E_BACKEND === 'electron')
  throw new Error('HOMEPORT_E2E_BACKEND=electron, but there is no Electron binary')

/** What the specs run on: the binary where there is one, else the stand-in. */
export const electron = binary
export const backend = binary === null ? 'standin' : 'electron'
