import { HomeportError } from '../../errors/homeport-error.ts'
import { hasCode } from '../folder/scan.ts'

/** What went wrong and what can be done about it, in sentences for the person; `unknown` where nobody foresaw it. */
export function problemOf(error: unknown, unknown: string): string {
  if (!(error instanceof HomeportError)) return unknown
  return [error.message, error.action ?? '']
    .filter((text) => text !== '')
    .map(asSentence)
    .join(' ')
}

/** Why indexing a folder stopped. */
export function indexingProblemOf(error: unknown): string {
  if (hasCode(error, 'SQLITE_FULL')) return 'The disk is full. Make room, then look through the folder again.'
  return problemOf(error, 'The index could not be written. Look through the folder again.')
}

const asSentence = (text: string): string => (/[.!?…]$/.test(text) ? text : `${text}.`)
