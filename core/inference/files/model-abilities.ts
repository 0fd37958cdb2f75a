import type { LocalModel } from '../../contract/local-models.ts'
import type { GgufMetadata } from './gguf-metadata.ts'
import type { TensorTotals } from './gguf-tensors.ts'

/** `pooling_type`, as llama.h of ggml-org/llama.cpp numbers it: 0 is none, 1 to 3 make one vector, 4 makes a score. */
const RANK_POOLING = 4

/** Whether an architecture turns text into vectors and has no way to write, whatever its header says of pooling. */
export const isEncoder = (architecture: string): boolean =>
  /(^|-)bert(-|$)|^eurobert$|-embed|^t5encoder$/.test(architecture)

/** Whether a model writes answers, turns texts into vectors, or judges documents. */
export function kindOf(
  architecture: string,
  metadata: GgufMetadata,
  tensors: TensorTotals
): LocalModel['kind'] {
  const pooling = metadata.count(`${architecture}.pooling_type`) ?? 0
  if (pooling === RANK_POOLING || tensors.hasClassifier) return 'rerank'
  return pooling > 0 || isEncoder(architecture) ? 'embedding' : 'chat'
}

/** What a chat template has a place for: tools it is given, and thoughts before the answer. */
export function templateAbilities(template: string | null): { tools: boolean; reasoning: boolean } {
  return {
    tools: template !== null && /\b(tools|tool_calls|available_tools|custom_tools)\b/.test(template),
    reasoning:
      template !== null &&
      /<\/?think(ing)?>|\b(enable_thinking|reasoning_content|reasoning_effort)\b|<\|channel\|>|\[\/?THINK\]/.test(
        template
      )
  }
}
