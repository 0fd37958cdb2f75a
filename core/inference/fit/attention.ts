import type { LocalModelSettings } from '../../contract/local-models.ts'
import { CHAT_BATCH_TOKENS } from './estimate-memory.ts'

export interface Attention {
  flashAttention: boolean
  /** Tokens computed at once. */
  batchTokens: number
}

/** Beyond so much, what is computed in without flash attention outgrows what is won. */
const MOST_WITHOUT_FLASH = 16_384
const SMALL_BATCH_TOKENS = 128

/**
 * How a chat model attends where nobody says otherwise. Flash attention saves memory everywhere, and time on a GPU only: on
 * a processor the words of an answer take 1.7 times as long with it (107 M parameters, 2,500 tokens before them). Without
 * it, smaller batches keep the buffers as small.
 */
export function attentionOf(
  { flashAttention, kvCache }: Pick<LocalModelSettings, 'flashAttention' | 'kvCache'>,
  contextTokens: number,
  gpuLayers: number
): Attention {
  const isSmallOnProcessor = gpuLayers === 0 && kvCache === 'f16' && contextTokens <= MOST_WITHOUT_FLASH
  if (flashAttention === null && isSmallOnProcessor)
    return { flashAttention: false, batchTokens: SMALL_BATCH_TOKENS }
  return { flashAttention: flashAttention ?? true, batchTokens: CHAT_BATCH_TOKENS }
}
