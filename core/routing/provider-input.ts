import type { Provider } from '../contract/models.ts'
import { pricingVendors } from '../contract/pricing-vendors.ts'
import { HomeportError } from '../errors/homeport-error.ts'
import type { ProviderAdapter } from '../providers/spec/provider.ts'

interface KeyInput {
  key?: string | null | undefined
  moreKeys?: readonly string[] | undefined
}

/** The keys of a new provider, checked. Throws `bad-request`. */
export function keysOf({ key, moreKeys = [] }: KeyInput): string[] {
  return usable([...(key ? [key] : []), ...moreKeys])
}

/**
 * What keys a changed provider has: undefined for those it had. Further keys without a first one are added to the saved
 * ones, which `readSaved` gives. Throws `bad-request`.
 */
export async function changedKeys(
  { key, moreKeys = [] }: KeyInput,
  readSaved: () => Promise<string[]>
): Promise<string[] | undefined> {
  if (key !== undefined) return keysOf({ key, moreKeys })
  return moreKeys.length === 0 ? undefined : usable([...(await readSaved()), ...moreKeys])
}

const MAX_KEYS = 20

/** Each key once. Throws `bad-request` for one that no header can hold: a line break was pasted with it, say. */
function usable(keys: string[]): string[] {
  if (!keys.every((key) => /^[\x21-\x7e]+$/.test(key))) {
    throw new HomeportError(
      'bad-request',
      'The key holds spaces, line breaks or other characters that no key has.',
      { param: 'key' }
    )
  }
  const distinct = [...new Set(keys)]
  if (distinct.length <= MAX_KEYS) return distinct
  throw new HomeportError('bad-request', `A provider has at most ${MAX_KEYS} keys.`, { param: 'moreKeys' })
}

/** The address to save: what the person wrote, tidied, or the kind's usual one. Throws `bad-request`. */
export function baseUrlOf(adapter: ProviderAdapter, written = ''): string {
  const baseUrl = written || adapter.defaultBaseUrl
  if (baseUrl === null) {
    throw new HomeportError('bad-request', `${adapter.label} needs an address.`, { param: 'baseUrl' })
  }
  return adapter.normalizeBaseUrl(baseUrl)
}

const pricings: readonly string[] = ['auto', 'free', 'unknown', ...pricingVendors]

/** Throws `bad-request` for whose prices nobody knows: calls would be counted as of unknown cost, without a word. */
export function pricingOf(written: string): string {
  if (pricings.includes(written)) return written
  throw new HomeportError('bad-request', `There are no prices of "${written}".`, {
    action: `There are: ${pricings.join(', ')}.`,
    param: 'pricing'
  })
}

/** Throws `bad-request` for options that the kind does not have, or lacks. Empty ones count as left out. */
export function optionsOf(
  adapter: ProviderAdapter,
  written: Readonly<Record<string, string>>
): Provider['options'] {
  const options = Object.fromEntries(Object.entries(written).filter(([, value]) => value.trim() !== ''))
  const known = adapter.options.map(({ name }) => name)
  const unknown = Object.keys(options).find((name) => !known.includes(name))
  if (unknown !== undefined) {
    throw new HomeportError('bad-request', `${adapter.label} has no option "${unknown}".`, {
      param: 'options',
      ...(known.length > 0 && { action: `It has: ${known.join(', ')}.` })
    })
  }
  const missing = adapter.options.find(({ name, required }) => required && options[name] === undefined)
  if (missing) {
    throw new HomeportError('bad-request', `${adapter.label} needs the option "${missing.name}".`, {
      action: missing.hint,
      param: 'options'
    })
  }
  return options
}
