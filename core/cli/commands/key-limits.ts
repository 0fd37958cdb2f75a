import type { KeyLimits } from '../../contract/access.ts'
import type { OptionValues } from '../command.ts'
import { UsageError } from '../usage-error.ts'

export const limitOptions = {
  rpm: { type: 'string', value: 'N', help: 'requests a minute it may make; "none" for no limit' },
  tpm: { type: 'string', value: 'N', help: 'tokens a minute, in and out, it may take; "none" for no limit' },
  'on-device-only': { type: 'boolean', help: 'its requests never leave this machine' },
  knowledge: {
    type: 'string',
    multiple: true,
    value: 'SCOPE',
    help: 'notes it may be answered from: "*", SOURCE, SOURCE/Folder, SOURCE#tag (repeated); "none" for none'
  }
} as const

/** The limits that the options name, for the control API to check. Throws UsageError for what is no number. */
export function readLimits(values: OptionValues<typeof limitOptions>): Partial<KeyLimits> {
  const limits: Partial<KeyLimits> = {}
  if (values.rpm !== undefined) limits.requestsPerMinute = readLimit('--rpm', values.rpm)
  if (values.tpm !== undefined) limits.tokensPerMinute = readLimit('--tpm', values.tpm)
  if (values['on-device-only']) limits.onDeviceOnly = true
  if (values.knowledge) limits.knowledge = values.knowledge.filter((scope) => scope !== 'none')
  return limits
}

function readLimit(option: string, value: string): number | null {
  if (value === 'none') return null
  if (!/^\d{1,10}$/.test(value)) throw new UsageError(`${option} takes a number, or none.`)
  return Number(value)
}

/** Such as `60 requests/min, on this machine only`; empty where there is no limit. */
export function limitsText({
  requestsPerMinute,
  tokensPerMinute,
  onDeviceOnly,
  knowledge
}: KeyLimits): string {
  return [
    requestsPerMinute !== null && `${requestsPerMinute} requests/min`,
    tokensPerMinute !== null && `${tokensPerMinute} tokens/min`,
    onDeviceOnly && 'on this machine only',
    knowledge && `may read ${knowledge.join(', ')}`
  ]
    .filter(Boolean)
    .join(', ')
}
