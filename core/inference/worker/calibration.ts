import { setImmediate as nextTurn } from 'node:timers/promises'
import type { Llama, LlamaContextSequence, LlamaModel, Token } from 'node-llama-cpp'
import type { EngineModel } from '../../contract/engine-frames.ts'
import { loadFailed } from './encoder.ts'
import type { LastFrame, LoadedModel, ModelInfo, WorkCall } from './loaded-model.ts'

export interface Trial {
  threads: number
  tokensPerSecond: number
}

/** More threads have to be worth their while: those that are within this share of the best are as good. */
const TOLERANCE = 0.05
const CONTEXT_TOKENS = 512
/** What one number of threads is tried with at most. A slow model is judged by less than that. */
const TRIAL = { tokens: 48, ms: 800 }
const PROMPT = { tokens: 384, chunk: 32, ms: 1500 }

/** The fewest threads that are about as fast as any. Throws for no trials. */
export function bestTrial(trials: readonly Trial[]): Trial {
  const fastest = Math.max(...trials.map(({ tokensPerSecond }) => tokensPerSecond))
  const fewestFirst = trials.toSorted((a, b) => a.threads - b.threads)
  const best = fewestFirst.find(({ tokensPerSecond }) => tokensPerSecond >= fastest * (1 - TOLERANCE))
  if (best === undefined) throw new Error('No number of threads was tried')
  return best
}

/**
 * Tries numbers of threads, fewest first. Stops where more of them take more than twice the time: threads that fight for
 * cores can need seconds for a token, and yet more of them would be no better.
 */
export async function tryThreads(
  candidates: readonly number[],
  speedWith: (threads: number) => Promise<number>
): Promise<Trial[]> {
  const trials: Trial[] = []
  let fastest = 0
  for (const threads of candidates) {
    const tokensPerSecond = await speedWith(threads)
    trials.push({ threads, tokensPerSecond })
    fastest = Math.max(fastest, tokensPerSecond)
    if (tokensPerSecond < fastest / 2) break
  }
  return trials
}

/**
 * A model in memory only to be tried with several numbers of threads. Takes a few seconds, or as long as the model needs
 * for two tokens with each.
 */
export class CalibrationModel implements LoadedModel {
  readonly info: ModelInfo
  readonly #model: LlamaModel
  readonly #candidates: readonly number[]

  private constructor(model: LlamaModel, candidates: readonly number[]) {
    const { ram, vram } = model.memoryUsage
    this.info = {
      memoryBytes: Math.ceil(ram + vram),
      gpuLayers: model.gpuLayers,
      contextTokens: CONTEXT_TOKENS,
      parallel: 1,
      threads: Math.max(...candidates)
    }
    this.#model = model
    this.#candidates = candidates
  }

  static async load(
    llama: Llama,
    { path, gpuLayers }: EngineModel,
    candidates: readonly number[],
    signal: AbortSignal
  ): Promise<CalibrationModel> {
    try {
      const layers = gpuLayers === null ? {} : { gpuLayers }
      const model = await llama.loadModel({ modelPath: path, loadSignal: signal, ...layers })
      return new CalibrationModel(model, candidates)
    } catch (error) {
      signal.throwIfAborted()
      throw loadFailed(error)
    }
  }

  async perform(_: unknown, { id, signal }: WorkCall): Promise<LastFrame> {
    const tried = await tryThreads(this.#candidates, (threads) =>
      this.#withThreads(threads, signal, outputSpeed)
    )
    const { threads } = bestTrial(tried)
    const promptTokensPerSecond = await this.#withThreads(threads, signal, promptSpeed)
    return { type: 'result', id, result: { kind: 'calibration', threads, tried, promptTokensPerSecond } }
  }

  async dispose(): Promise<void> {
    await this.#model.dispose()
  }

  async #withThreads(
    threads: number,
    signal: AbortSignal,
    measure: (sequence: LlamaContextSequence, text: Token[], signal: AbortSignal) => Promise<number>
  ): Promise<number> {
    signal.throwIfAborted()
    const contextSize = Math.min(CONTEXT_TOKENS, this.#model.trainContextSize)
    const context = await this.#model.createContext({ contextSize, threads, createSignal: signal })
    try {
      const text = this.#model.tokenize(SAMPLE_TEXT.repeat(20)).slice(0, contextSize - PROMPT.chunk)
      return await measure(context.getSequence(), text, signal)
    } finally {
      await context.dispose()
    }
  }
}

const SAMPLE_TEXT =
  'The harbour lay still in the morning light, and one after the other the boats came home. '

/** Tokens per second of writing. The first one is not counted: it brings the weights in from the disk. */
async function outputSpeed(
  sequence: LlamaContextSequence,
  text: Token[],
  signal: AbortSignal
): Promise<number> {
  let count = 0
  let started = 0
  for (const token of text.slice(0, TRIAL.tokens + 1)) {
    signal.throwIfAborted()
    if (count === 1) started = performance.now()
    // what comes next is given: a model that wants to stop would otherwise end the trial
    await sequence.controlledEvaluate([[token, { generateNext: { token: true } }]])
    count += 1
    if (count > 1 && performance.now() - started > TRIAL.ms) break
  }
  return perSecond(count - 1, started)
}

/** Tokens per second of reading. */
async function promptSpeed(
  sequence: LlamaContextSequence,
  text: Token[],
  signal: AbortSignal
): Promise<number> {
  await sequence.evaluateWithoutGeneratingNewTokens(text.slice(0, 1))
  const started = performance.now()
  let count = 0
  const prompt = text.slice(1, PROMPT.tokens + 1)
  while (count < prompt.length && performance.now() - started < PROMPT.ms) {
    signal.throwIfAborted()
    const chunk = prompt.slice(count, count + PROMPT.chunk)
    await sequence.evaluateWithoutGeneratingNewTokens(chunk)
    count += chunk.length
    await nextTurn()
  }
  return perSecond(count, started)
}

const perSecond = (count: number, started: number) =>
  count / Math.max(1e-3, (performance.now() - started) / 1000)
