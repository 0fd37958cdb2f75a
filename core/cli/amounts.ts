import { decimalUsd } from '../lib/decimal-usd.ts'

/** Bytes as people write them: `2.5 GB`, `638 MB`. */
export function size(bytes: number): string {
  if (bytes >= 1e9) return `${(bytes / 1e9).toFixed(1)} GB`
  return bytes >= 1e6 ? `${Math.round(bytes / 1e6)} MB` : `${Math.ceil(bytes / 1e3)} kB`
}

/** A number of parameters: `4.0B`, `137M`; empty where it is not known. */
export function parameterCount(parameters: number | null): string {
  if (parameters === null) return ''
  return parameters >= 1e9 ? `${(parameters / 1e9).toFixed(1)}B` : `${Math.round(parameters / 1e6)}M`
}

/** Time to wait: `45 s`, `12 min`, `1 h 5 min`. */
export function duration(seconds: number): string {
  if (seconds < 90) return `${Math.ceil(seconds)} s`
  const minutes = Math.ceil(seconds / 60)
  return minutes < 60 ? `${minutes} min` : `${Math.floor(minutes / 60)} h ${minutes % 60} min`
}

/** Money to the last digit that is not zero, cents always: `$12.30`, `$0.000004211`. */
export const money = (nanoUsd: number): string => `$${decimalUsd(nanoUsd).replace(/0{1,7}$/, '')}`
