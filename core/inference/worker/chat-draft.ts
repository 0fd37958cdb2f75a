import { setTimeout as after } from 'node:timers/promises'
import { DraftSequenceTokenPredictor, type Token } from 'node-llama-cpp'

/** Longer than a draft takes to begin anew after a wrong guess. */
const LONGEST_WAIT_MS = 50

/**
 * The binding's speculative decoding, which may wait for ever: a draft that is stopped while it begins anew leaves the one
 * who waits for it without a word. An answer can do without a guess at any time.
 */
export class ChatDraft extends DraftSequenceTokenPredictor {
  override predictTokens(): Token[] | Promise<Token[]> {
    const tokens = super.predictTokens()
    if (!(tokens instanceof Promise)) return tokens
    const waiting = new AbortController()
    const enough = after(LONGEST_WAIT_MS, [], { signal: waiting.signal }).catch(() => [])
    return Promise.race([tokens, enough]).finally(() => waiting.abort())
  }
}
