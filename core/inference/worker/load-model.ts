import type { Llama } from 'node-llama-cpp'
import type { EngineModel } from '../../contract/engine-frames.ts'
import { CalibrationModel } from './calibration.ts'
import { ChatModel } from './chat-model.ts'
import { ChatWork } from './chat-work.ts'
import { EmbedModel } from './embed-model.ts'
import type { LoadedModel } from './loaded-model.ts'
import type { Purpose } from './model-slot.ts'
import { RerankModel } from './rerank-model.ts'
import { threadCandidates, threadCount } from './thread-count.ts'
import type { ThreadLimit } from './thread-limit.ts'

/** Loads models for the host. `override` is what HOMEPORT_THREADS says. */
export function modelLoader(llama: Llama, limit: ThreadLimit, override: string | undefined) {
  const loadAs = async (
    purpose: Purpose,
    options: EngineModel & { threads: number },
    signal: AbortSignal
  ): Promise<LoadedModel> => {
    if (purpose === 'embedding') return await EmbedModel.load(llama, options, signal)
    if (purpose === 'rerank') return await RerankModel.load(llama, options, signal)
    if (purpose === 'chat') return new ChatWork(await ChatModel.load(llama, options, signal))
    const candidates = threadCandidates(llama.cpuMathCores, override)
    return await CalibrationModel.load(llama, options, candidates, signal)
  }
  return (purpose: Purpose, model: EngineModel, signal: AbortSignal): Promise<LoadedModel> => {
    const threads = threadCount(llama.cpuMathCores, model.threads, override)
    return limit.duringLoad(threads, () => loadAs(purpose, { ...model, threads }, signal))
  }
}
