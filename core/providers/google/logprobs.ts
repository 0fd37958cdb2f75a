import { asArray, asObject, asText } from '../shared/json.ts'
import type { TokenLogprob } from '../spec/chat.ts'

/** Tokens of a `logprobsResult`: those that were chosen, each beside the most probable ones at its place. */
export function readLogprobs(value: unknown): TokenLogprob[] {
  const result = asObject(value)
  const top = asArray(result?.topCandidates)
  return asArray(result?.chosenCandidates).flatMap((chosen, index) => {
    const token = readToken(chosen)
    const others = asArray(asObject(top[index])?.candidates).flatMap(readToken)
    return token.map((read) => ({ ...read, top: others }))
  })
}

function readToken(value: unknown): Omit<TokenLogprob, 'top'>[] {
  const candidate = asObject(value)
  const token = asText(candidate?.token)
  const logprob = candidate?.logProbability
  return token !== null && typeof logprob === 'number' ? [{ token, logprob, bytes: null }] : []
}
