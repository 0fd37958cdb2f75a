import { HomeportError } from '../../errors/homeport-error.ts'

export type Json = Readonly<Record<string, unknown>>

/** A parameter the client must correct. */
export function badParameter(param: string, problem: string): HomeportError {
  return new HomeportError('bad-request', `"${param}" ${problem}.`, { param })
}

export function isRecord(value: unknown): value is Json {
  return typeof value === 'object' && value !== null && !Array.isArray(value)
}

/** The object that a text of JSON is; null where it is another value, or there is no text. */
export function objectIn(text: string | null): Json | null {
  const value: unknown = text === null ? null : JSON.parse(text)
  return isRecord(value) ? value : null
}

export interface NumberRange {
  min: number
  max: number
  integer: boolean
}
export const real = (min: number, max: number): NumberRange => ({ min, max, integer: false })
export const whole = (min: number, max: number): NumberRange => ({ min, max, integer: true })
export const int32 = 2 ** 31 - 1

/**
 * Checks the numbers of a body whose ranges are given by their wire names; null and absent ones pass. Out of range is
 * refused, never clamped. Throws `bad-request`.
 */
export function checkNumbers(body: Json, ranges: Readonly<Record<string, NumberRange>>): void {
  for (const name in body) {
    const range = Object.hasOwn(ranges, name) ? ranges[name] : undefined
    const value = body[name]
    if (range === undefined || value === null) continue
    const { min, max, integer } = range
    const fits = integer ? Number.isSafeInteger(value) : typeof value === 'number'
    if (!fits || Number(value) < min || Number(value) > max) {
      throw badParameter(name, `must be ${integer ? 'a whole number' : 'a number'} from ${min} to ${max}`)
    }
  }
}

/** The model's name in a body. Throws `bad-request`. */
export function readModelName(model: unknown): string {
  if (typeof model !== 'string' || model.trim() === '') throw badParameter('model', 'must name a model')
  if (model.length > 300) throw badParameter('model', 'is too long')
  return model
}

/** `stream` as a body gives it; absent is `fallback`. Throws `bad-request`. */
export function readStreamFlag(stream: unknown, fallback = false): boolean {
  if (stream === undefined || stream === null) return fallback
  if (typeof stream !== 'boolean') throw badParameter('stream', 'must be true or false')
  return stream
}
