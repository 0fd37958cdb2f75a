import { UsageError } from './usage-error.ts'

/** `NAME=VALUE` words as an object. Throws UsageError for what is none. */
export function readPairs(option: string, words: readonly string[] = []): Record<string, string> {
  return Object.fromEntries(
    words.map((word) => {
      const at = word.indexOf('=')
      if (at < 1) throw new UsageError(`${option} takes NAME=VALUE, not "${word}"`)
      return [word.slice(0, at), word.slice(at + 1)]
    })
  )
}
