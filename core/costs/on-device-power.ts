import { readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import type { OnDevicePower } from '../contract/costs.ts'

/** Where Linux says what processors may draw (RAPL). */
const POWERCAP = '/sys/class/powercap'
const MS_PER_HOUR = 3_600_000

export interface PowerOptions {
  /** What the person measured; null where they did not. */
  watts: number | null
  /** What models run on: `CPU`, or a kind of graphics card; null before one ran. */
  backend: string | null
  /** Default: this system's own. */
  folder?: string
}

/**
 * What this machine draws while a model answers: as the person says, else the limit that its processors keep to when they
 * are busy for long, which models bring them near. Null where nobody knows: of graphics cards nothing is assumed.
 */
export function onDevicePower({ watts, backend, folder = POWERCAP }: PowerOptions): OnDevicePower | null {
  if (watts !== null) return { watts, source: 'setting' }
  const limit = backend === 'CPU' ? processorWatts(folder) : null
  return limit === null ? null : { watts: limit, source: 'processor' }
}

/** Watt-hours of so many milliseconds; null without a power to go by. An estimate. */
export const wattHoursOf = (ms: number, power: OnDevicePower | null): number | null =>
  power && (ms * power.watts) / MS_PER_HOUR

/** The long-term limits of all processors together; null where the system does not tell. */
function processorWatts(folder: string): number | null {
  try {
    const processors = readdirSync(folder).filter((name) => /^intel-rapl:\d+$/.test(name))
    const limits = processors.map((name) => longTermMicrowatts(join(folder, name)))
    const sum = limits.reduce((all, limit) => all + limit, 0)
    return sum > 0 ? Math.round(sum / 1e6) : null
  } catch {
    return null
  }
}

function longTermMicrowatts(folder: string): number {
  const read = (name: string): string => readFileSync(join(folder, name), 'utf8').trim()
  return read('constraint_0_name') === 'long_term' ? Number(read('constraint_0_power_limit_uw')) : 0
}
