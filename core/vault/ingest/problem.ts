import { HomeportError } from '../../errors/homeport-error.ts'
import { hasCode } from '../folder/scan.ts'

/** Why indexing a folder stopped, in words for the person. */
export function problemOf(error: unknown): string {
  if (error instanceof HomeportError)
    return [error.message, error.action ?? '']
      .filter((text) => text !== '')
      .map(asSentence)
      .join(' ')
  if (hasCode(error, 'SQLITE_FULL')) return 'The disk is full. Make room, then look through the folder again.'
  return 'The index could not be written. Look through the folder again.'
}

const asSentence = (text: string): string => (/[.!?…]$/.test(text) ? text : `${text}.`)
