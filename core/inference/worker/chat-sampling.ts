import { randomInt } from 'node:crypto'
import type { LLamaContextualRepeatPenalty } from 'node-llama-cpp'
import type { EngineChat } from '../../contract/engine-frames.ts'

/** How the next token is chosen. */
export interface Sampling {
  temperature: number
  topK: number
  topP: number
  minP: number
  seed: number
  repeatPenalty: false | LLamaContextualRepeatPenalty
}

/** llama.cpp's own defaults, for what a request leaves open. */
const defaults = { temperature: 0.8, topK: 40, topP: 0.95, minP: 0.05 }
/** How far back a token counts as repeated: as good as the whole of an answer. */
const PENALTY_TOKENS = 4096

export function samplingOf(chat: EngineChat): Sampling {
  const frequencyPenalty = chat.frequencyPenalty ?? 0
  const presencePenalty = chat.presencePenalty ?? 0
  const isPenalised = frequencyPenalty !== 0 || presencePenalty !== 0
  return {
    temperature: chat.temperature ?? defaults.temperature,
    topK: chat.topK ?? defaults.topK,
    topP: chat.topP ?? defaults.topP,
    minP: chat.minP ?? defaults.minP,
    // the binding's default is the time in seconds: the same for two requests of one second
    seed: chat.seed ?? randomInt(2 ** 32 - 1),
    repeatPenalty: isPenalised && {
      lastTokens: PENALTY_TOKENS,
      penalizeNewLine: true,
      penalty: 1,
      frequencyPenalty,
      presencePenalty
    }
  }
}
