export interface RequestLimits {
  /** At most in one request. */
  texts: number
  /** Requests under way at once. */
  parallel: number
  dimensions: number
}

/** Of all texts of a request: a quarter of what the strictest vendor takes, whatever the language. */
const CHARS_OF_A_REQUEST = 75_000

/**
 * Hands texts out in requests that a server takes, and puts the vectors back in the texts' order. A blank text is not sent,
 * since servers refuse it: its vector is all zeros. Every request is waited for before an error of one is thrown, so that
 * none goes on unseen.
 */
export async function inRequests(
  texts: readonly string[],
  limits: RequestLimits,
  ask: (texts: readonly string[]) => Promise<Float32Array[]>
): Promise<Float32Array[]> {
  const vectors: Float32Array[] = texts.map(() => new Float32Array(limits.dimensions))
  const waiting = requestsOf(texts, limits.texts)
  let failed = false

  const work = async (): Promise<void> => {
    for (let places = waiting.shift(); places && !failed; places = waiting.shift()) {
      try {
        const found = await ask(places.map((place) => texts[place] ?? ''))
        for (const [index, vector] of found.entries()) vectors[places[index] ?? 0] = vector
      } catch (error) {
        failed = true
        throw error
      }
    }
  }

  const ended = await Promise.allSettled(Array.from({ length: limits.parallel }, work))
  for (const end of ended) if (end.status === 'rejected') throw end.reason
  return vectors
}

/** The places of texts that go together. */
function requestsOf(texts: readonly string[], most: number): number[][] {
  const requests: number[][] = []
  let chars = 0
  for (const [place, text] of texts.entries()) {
    if (text.trim() === '') continue
    const open = requests.at(-1)
    if (open && open.length < most && chars + text.length <= CHARS_OF_A_REQUEST) {
      open.push(place)
      chars += text.length
    } else {
      requests.push([place])
      chars = text.length
    }
  }
  return requests
}
