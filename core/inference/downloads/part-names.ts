import { HomeportError } from '../../errors/homeport-error.ts'

/** `name-00001-of-00003.gguf`, with or without folders before it. */
const FIRST_OF_SPLIT = /^(?<stem>.*)-00001-of-(?<count>\d{5})\.gguf$/i
const MAX_PARTS = 200

/** The files of a model, in order, by the name of its only or first one. Throws `bad-request` for too many. */
export function partNames(file: string): string[] {
  const groups = FIRST_OF_SPLIT.exec(file)?.groups
  if (groups?.count === undefined) return [file]
  const count = Number(groups.count)
  if (count < 1 || count > MAX_PARTS) {
    throw new HomeportError('bad-request', `A model cannot have ${count} parts.`, { param: 'file' })
  }
  return Array.from(
    { length: count },
    (_, index) => `${groups.stem}-${String(index + 1).padStart(5, '0')}-of-${groups.count}.gguf`
  )
}
