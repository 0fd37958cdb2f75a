import type { VendorSignature } from '../../../providers/spec/prompt.ts'

/**
 * The dialect has a place for the signature of a thought, which clients hand back as it was. What another vendor signed
 * stands there too, marked with the vendor's name, so that it finds its way home. Anthropic's own are Base64, in which no
 * dot occurs.
 */
const foreign = /^homeport\.(google|openai)\.(.*)$/s

export function writeSignature({ vendor, value }: VendorSignature): string {
  return vendor === 'anthropic' ? value : `homeport.${vendor}.${value}`
}

/** Whether only another vendor than the dialect's own can read it. */
export const isForeign = ({ vendor }: VendorSignature): boolean => vendor !== 'anthropic'

/** Null for the empty signature of a model that does not sign. */
export function readSignature(text: unknown): VendorSignature | null {
  if (typeof text !== 'string' || text === '') return null
  const [, vendor, value = ''] = foreign.exec(text) ?? []
  return vendor === 'google' || vendor === 'openai' ? { vendor, value } : { vendor: 'anthropic', value: text }
}
