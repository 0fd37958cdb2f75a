import type { KeyLimits } from '../../../core/contract/access.ts'
import { formatCount } from '../../components/format/tokens.ts'

/** What a key may take, in few words: `60 requests and 200,000 tokens a minute`. */
export function describeLimits({ requestsPerMinute, tokensPerMinute, onDeviceOnly }: KeyLimits): string {
  const rates = [
    requestsPerMinute === null ? null : count(requestsPerMinute, 'request'),
    tokensPerMinute === null ? null : count(tokensPerMinute, 'token')
  ].filter((rate) => rate !== null)
  const parts = [
    rates.length === 0 ? null : `${rates.join(' and ')} a minute`,
    onDeviceOnly ? 'on-device only' : null
  ].filter((part) => part !== null)
  return parts.length === 0 ? 'no limit' : parts.join(', ')
}

const count = (number: number, what: string): string =>
  `${formatCount(number)} ${what}${number === 1 ? '' : 's'}`
