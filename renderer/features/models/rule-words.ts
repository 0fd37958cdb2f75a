import type { RouteRule } from '../../../core/contract/aliases.ts'
import { formatCount } from '../../components/format/tokens.ts'

/** A rule as a person would say it: `requests with code, of 4,000 tokens or more`. `keyName` names an app key by its id. */
export function describeRule(rule: RouteRule | undefined, keyName: (id: string) => string): string {
  if (!rule) return EVERYTHING
  const parts = [
    has(rule.hasCode, 'code'),
    has(rule.hasImages, 'images'),
    has(rule.hasTools, 'tools'),
    tokens(rule),
    rule.onDeviceOnly === undefined
      ? null
      : rule.onDeviceOnly
        ? 'that must stay on this machine'
        : 'that may leave this machine',
    rule.appKeys && rule.appKeys.length > 0 ? `from ${rule.appKeys.map(keyName).join(' or ')}` : null
  ].filter((part) => part !== null)
  return parts.length === 0 ? EVERYTHING : `requests ${parts.join(', ')}`
}

const EVERYTHING = 'every request'

function has(wanted: boolean | undefined, what: string): string | null {
  if (wanted === undefined) return null
  return wanted ? `with ${what}` : `without ${what}`
}

function tokens({ minTokens, maxTokens }: RouteRule): string | null {
  if (minTokens !== undefined && maxTokens !== undefined)
    return `of ${formatCount(minTokens)} to ${formatCount(maxTokens)} tokens`
  if (minTokens !== undefined) return `of ${formatCount(minTokens)} tokens or more`
  return maxTokens === undefined ? null : `of ${formatCount(maxTokens)} tokens at most`
}
