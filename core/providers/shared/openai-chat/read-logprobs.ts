import type { TokenLogprob } from '../../spec/chat.ts'
import { asArray, asObject } from '../json.ts'

/** The tokens of a list of OpenAI's, as each of its dialects has them; what has no token or no number is left out. */
export function readTokens(list: unknown): TokenLogprob[] {
  return asArray(list).flatMap((item) => {
    const token = readToken(item)
    if (token === null) return []
    return [{ ...token, top: asArray(asObject(item)?.top_logprobs).flatMap((top) => readToken(top) ?? []) }]
  })
}

function readToken(value: unknown): Omit<TokenLogprob, 'top'> | null {
  const item = asObject(value)
  if (typeof item?.token !== 'string' || typeof item.logprob !== 'number') return null
  const bytes = asArray(item.bytes)
  const numbers = bytes.filter((byte) => typeof byte === 'number')
  return {
    token: item.token,
    logprob: item.logprob,
    bytes: Array.isArray(item.bytes) && numbers.length === bytes.length ? numbers : null
  }
}
