/** The question as it would be asked by itself, and a sentence that may answer it; empty where the model says neither. */
export type Rewrite = (asked: {
  /** `provider/model`, or an alias. */
  model: string
  question: string
  signal: AbortSignal
}) => Promise<readonly string[]>

/** Nobody waits longer for it: what was asked is searched as it is, then. */
const LONGEST_MS = 4000

/**
 * What else to search for. Empty where the model fails or takes too long: its call says so in Activity, and the search goes
 * on without it. Throws the signal's reason.
 */
export async function inOtherWords(
  asked: { model: string; question: string },
  rewrite: Rewrite,
  signal: AbortSignal,
  longestMs = LONGEST_MS
): Promise<readonly string[]> {
  try {
    return await rewrite({ ...asked, signal: AbortSignal.any([signal, AbortSignal.timeout(longestMs)]) })
  } catch {
    signal.throwIfAborted()
    return []
  }
}
