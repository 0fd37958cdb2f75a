import type { EngineWork, FromEngine } from '../../contract/engine-frames.ts'

/** What a loaded model turned out to take and to offer. */
export interface ModelInfo {
  memoryBytes: number
  gpuLayers: number
  /** Of one conversation, or of one input. */
  contextTokens: number
  /** Requests it answers at once. */
  parallel: number
  threads: number
}

/** The frame a request ends well with. */
export type LastFrame = Extract<FromEngine, { type: 'end' | 'result' }>

export interface WorkCall {
  /** Of the request, for its frames. */
  id: number
  signal: AbortSignal
  /** For the frames before the last one. */
  send(frame: FromEngine): void
}

/** A model in memory, ready for one purpose. */
export interface LoadedModel {
  readonly info: ModelInfo
  /**
   * Answers one request; called at most `info.parallel` times at once, but for work that computes nothing. Rejects with an
   * `EngineError` that says what is wrong. An aborted signal ends it after what is being computed.
   */
  perform(work: EngineWork, call: WorkCall): Promise<LastFrame>
  /** Frees its memory. Called once, when nothing is being performed. */
  dispose(): Promise<void>
}
