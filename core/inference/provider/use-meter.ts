import type { Logger } from '../../lib/logger.ts'
import type { ModelMeasures } from '../files/model-measures-repository.ts'
import type { AnswerEnd } from './chat-events.ts'

type Measured = Partial<Omit<ModelMeasures, 'calibratedThreads'>>

export interface UseMeterOptions {
  save: (modelId: string, measured: Measured) => Promise<void>
  logger: Logger
  /** How long measures are collected before they are saved. Default 2 s. */
  intervalMs?: number
}

const INTERVAL_MS = 2_000
/** Fewer tokens take too little time for their speed to mean something. */
const LEAST_TOKENS = 16

/** Collects when models were used and how fast they answered, and saves it now and then. */
export class UseMeter {
  readonly #options: UseMeterOptions
  readonly #unsaved = new Map<string, Measured>()
  #timer: NodeJS.Timeout | null = null

  constructor(options: UseMeterOptions) {
    this.#options = options
  }

  used(modelId: string): void {
    this.#note(modelId, { lastUsedAt: Date.now() })
  }

  answered(modelId: string, end: AnswerEnd): void {
    this.#note(modelId, { lastUsedAt: Date.now(), ...speedOf(end) })
  }

  /** Saves what is not saved yet. */
  async flush(): Promise<void> {
    if (this.#timer !== null) clearTimeout(this.#timer)
    this.#timer = null
    const unsaved = [...this.#unsaved]
    this.#unsaved.clear()
    for (const [modelId, measured] of unsaved) await this.#options.save(modelId, measured)
  }

  #note(modelId: string, measured: Measured): void {
    this.#unsaved.set(modelId, { ...this.#unsaved.get(modelId), ...measured })
    this.#timer ??= setTimeout(() => {
      this.flush().catch((error: unknown) =>
        this.#options.logger.error({ error: String(error) }, 'the speed of a model could not be saved')
      )
    }, this.#options.intervalMs ?? INTERVAL_MS).unref()
  }
}

/** Tokens per second of an answer, and of the part of its prompt that was not remembered. */
export function speedOf({ usage, timings }: Pick<AnswerEnd, 'usage' | 'timings'>): Measured {
  const output = perSecond(usage.output.total, timings.outputMs)
  if (output === null) return {}
  const prompt = perSecond(usage.input.noCache, timings.promptMs)
  return {
    outputTokensPerSecond: output,
    ...(prompt !== null && { promptTokensPerSecond: prompt })
  }
}

const perSecond = (tokens: number, milliseconds: number): number | null =>
  tokens < LEAST_TOKENS || milliseconds <= 0 ? null : (tokens / milliseconds) * 1000
