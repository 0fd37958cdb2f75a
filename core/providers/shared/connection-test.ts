import { HomeportError } from '../../errors/homeport-error.ts'
import type { ConnectionTest, ProviderConfig } from '../spec/provider.ts'

const DEADLINE_MS = 8000
const MAX_MODELS = 2000
const MAX_ID_CHARS = 200

/**
 * Asks for the list of models, which costs nothing and tells whether address and key are right. `listModels` gives their
 * ids, or null where the server answers and has no such list. Throws nothing but the reason of `signal`.
 */
export async function testByModelList(
  { baseUrl }: Pick<ProviderConfig, 'baseUrl'>,
  signal: AbortSignal,
  listModels: (signal: AbortSignal) => Promise<readonly string[] | null>
): Promise<ConnectionTest> {
  const { host } = new URL(baseUrl)
  const deadline = AbortSignal.timeout(DEADLINE_MS)
  const startedAt = performance.now()
  try {
    const listed = await listModels(AbortSignal.any([signal, deadline]))
    const latencyMs = Math.round(performance.now() - startedAt)
    const models = [...new Set(listed)].filter((id) => id.length <= MAX_ID_CHARS).slice(0, MAX_MODELS)
    const found = `Works. ${models.length === 1 ? '1 model' : `${models.length} models`}.`
    const message = listed ? found : `${host} answers, but has no list of models: name the models to use.`
    return { ok: true, message, latencyMs, models }
  } catch (error) {
    signal.throwIfAborted()
    return { ok: false, message: wordsOf(error, host, deadline), latencyMs: null, models: [] }
  }
}

function wordsOf(error: unknown, host: string, deadline: AbortSignal): string {
  if (deadline.aborted) return `${host} did not answer within ${DEADLINE_MS / 1000} seconds.`
  return error instanceof HomeportError ? error.message : `${host} could not be tested.`
}
