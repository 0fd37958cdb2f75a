import { HomeportError } from '../../errors/homeport-error.ts'

/** In UTF-16 units: what is shorter fits every model. */
const SHORTEST_CUT = 200

/**
 * Asks for vectors until every text fits: where a request is too long for the model it is asked in halves, and a text that
 * is too long by itself is asked for by its beginning. Null for a text the model will not take at all.
 */
export async function embedWhatFits(
  texts: readonly string[],
  ask: (texts: readonly string[]) => Promise<number[][]>
): Promise<(number[] | null)[]> {
  try {
    const vectors = await ask(texts)
    if (vectors.length !== texts.length) throw wrongCount(vectors.length, texts.length)
    return vectors
  } catch (error) {
    if (!isAboutTheTexts(error)) throw error
    const [only = ''] = texts
    if (texts.length > 1) {
      const middle = Math.ceil(texts.length / 2)
      const first = await embedWhatFits(texts.slice(0, middle), ask)
      return [...first, ...(await embedWhatFits(texts.slice(middle), ask))]
    }
    if (error.code === 'content-refused' || only.length <= SHORTEST_CUT) return [null]
    return embedWhatFits([only.slice(0, Math.ceil(only.length / 2)).toWellFormed()], ask)
  }
}

const isAboutTheTexts = (error: unknown): error is HomeportError =>
  error instanceof HomeportError &&
  (error.code === 'context-overflow' || error.code === 'too-large' || error.code === 'content-refused')

const wrongCount = (got: number, asked: number): HomeportError =>
  new HomeportError('upstream-failed', `The embedding model gave ${got} vectors for ${asked} texts.`, {
    action: 'Choose another embedder for this source.'
  })
