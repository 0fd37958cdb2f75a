import type { engineErrorCodes } from '../../contract/engine-frames.ts'

/** A request that fails, in words for the person. The code goes to the daemon in the `error` frame. */
export class EngineError extends Error {
  override readonly name = 'EngineError'
  readonly code: (typeof engineErrorCodes)[number]

  constructor(code: (typeof engineErrorCodes)[number], message: string) {
    super(message)
    this.code = code
  }
}
