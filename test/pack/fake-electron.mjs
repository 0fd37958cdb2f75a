// A folder that electron-builder takes for an Electron distribution: enough to pack into, nothing that runs.
import { mkdirSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { FuseV1Options } from '@electron/fuses'

/** Marks the fuses in a real binary: https://github.com/electron/fuses (src/constants.ts) */
const sentinel = 'dL7pKGdnNz796PbbjQWNKmHXBZaB9tsX'
const fuseVersion = 1

export function writeFakeElectron(folder) {
  const fuseCount = Object.values(FuseV1Options).filter((value) => typeof value === 'number').length
  const allOff = Buffer.from('0'.repeat(fuseCount))
  const binary = [Buffer.from(`#!/bin/false\n${sentinel}`), Buffer.from([fuseVersion, fuseCount]), allOff]
  for (const name of ['locales', 'resources']) mkdirSync(join(folder, name), { recursive: true })
  writeFileSync(join(folder, 'electron'), Buffer.concat(binary), { mode: 0o755 })
  for (const name of [
    'LICENSE',
    'LICENSES.chromium.html',
    'version',
    'icudtl.dat',
    'locales/en-US.pak',
    'chrome-sandbox'
  ])
    writeFileSync(join(folder, name), 'fake')
}
