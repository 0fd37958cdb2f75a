import { hash, randomBytes } from 'node:crypto'

/** 256 random bits as text, after a prefix that tells people and leak scanners what it is. */
export const newToken = (prefix: string): string => `${prefix}${randomBytes(32).toString('base64url')}`

/**
 * What is kept of a token, and looked up by. Without the token nobody can choose where two digests begin to differ, so
 * finding one in a map tells nothing by its time, and the length of what was sent does not matter.
 */
export const digestOf = (token: string): string => hash('sha256', token, 'base64')
