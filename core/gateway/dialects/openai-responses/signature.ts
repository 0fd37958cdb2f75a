import type { VendorSignature } from '../../../providers/spec/prompt.ts'

/**
 * What a signature is of: reasoning that was shown, reasoning of which nothing is shown, or the tool call after it
 * (Gemini signs those).
 */
export type SignatureOf = 'reasoning' | 'redacted' | 'call'

const marks: Readonly<Record<SignatureOf, string>> = { reasoning: 'hp1', redacted: 'hp1r', call: 'hp1c' }
const written = /^(hp1[rc]?)\.(anthropic|google|openai)\.(.+)$/s

/**
 * A vendor's signature as `encrypted_content`. OpenAI's own stands there as it is; others as `hp1.<vendor>.<value>`, opaque
 * to clients, turned back by `readSignature`.
 */
export function writeSignature({ vendor, value }: VendorSignature, of: SignatureOf): string {
  return vendor === 'openai' ? value : `${marks[of]}.${vendor}.${value}`
}

export function readSignature(encrypted: string): { signature: VendorSignature; of: SignatureOf } {
  const [, mark, vendor, value] = written.exec(encrypted) ?? []
  const of = (['redacted', 'call'] as const).find((kind) => marks[kind] === mark) ?? 'reasoning'
  if ((vendor !== 'anthropic' && vendor !== 'google') || value === undefined) {
    return { signature: { vendor: 'openai', value: encrypted }, of: 'reasoning' }
  }
  return { signature: { vendor, value }, of }
}

/** Whether OpenAI could make nothing of it. */
export const isForeign = (encrypted: unknown): boolean =>
  typeof encrypted === 'string' && written.test(encrypted)
