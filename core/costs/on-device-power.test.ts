import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { expect, onTestFinished, test } from 'vitest'
import { onDevicePower, wattHoursOf } from './on-device-power.ts'

/** As Linux shows them: a folder for each processor, and for parts of it. */
function powercap(zones: Record<string, [limit: string, microwatts: number]>): string {
  const folder = mkdtempSync(join(tmpdir(), 'homeport-powercap-'))
  onTestFinished(() => rmSync(folder, { recursive: true, force: true }))
  for (const [zone, [limit, microwatts]] of Object.entries(zones)) {
    mkdirSync(join(folder, zone))
    writeFileSync(join(folder, zone, 'constraint_0_name'), `${limit}\n`)
    writeFileSync(join(folder, zone, 'constraint_0_power_limit_uw'), `${microwatts}\n`)
  }
  return folder
}

test('the limits of all processors are added up, and those of their parts are not', () => {
  const folder = powercap({
    'intel-rapl:0': ['long_term', 65_000_000],
    'intel-rapl:1': ['long_term', 65_000_000],
    'intel-rapl:0:0': ['long_term', 20_000_000],
    'intel-rapl-mmio:0': ['long_term', 65_000_000]
  })
  expect(onDevicePower({ watts: null, backend: 'CPU', folder })).toEqual({ watts: 130, source: 'processor' })
})

test('what the person says comes first, whatever models run on', () => {
  const folder = powercap({ 'intel-rapl:0': ['long_term', 65_000_000] })
  for (const backend of ['CPU', 'CUDA', null])
    expect(onDevicePower({ watts: 300, backend, folder })).toEqual({ watts: 300, source: 'setting' })
})

test('nothing is made up for graphics cards, and where the system does not tell', () => {
  const folder = powercap({ 'intel-rapl:0': ['long_term', 65_000_000] })
  expect(onDevicePower({ watts: null, backend: 'CUDA', folder })).toBeNull()
  expect(onDevicePower({ watts: null, backend: null, folder })).toBeNull()
  expect(onDevicePower({ watts: null, backend: 'CPU', folder: join(folder, 'none') })).toBeNull()
  const unlimited = powercap({ 'intel-rapl:0': ['short_term', 90_000_000] })
  expect(onDevicePower({ watts: null, backend: 'CPU', folder: unlimited })).toBeNull()
})

test('an hour at sixty watts is sixty watt-hours', () => {
  expect(wattHoursOf(3_600_000, { watts: 60, source: 'setting' })).toBe(60)
  expect(wattHoursOf(3_600_000, null)).toBeNull()
})
