import type { ToolCall } from '../contract/knowledge.ts'
import { HomeportError } from '../errors/homeport-error.ts'
import { asHomeportError } from '../errors/internal-error.ts'
import { wholeMessage } from '../errors/whole-message.ts'
import type { Logger } from '../lib/logger.ts'

/** The calls of one program: when it is their turn, and where they are written down. */
export interface ToolCalls {
  /** Resolves when it is the program's turn. Throws `rate-limited`, and the signal's reason. */
  admit(signal: AbortSignal): Promise<void>
  /** Keeps a call that is over. Never throws. */
  ended(call: ToolCall): void | Promise<void>
}

export interface ToolCallParts {
  calls: ToolCalls
  logger: Logger
}

/** What a program asks for. */
export interface AskedOfTool {
  tool: string
  arguments: Record<string, unknown>
  signal: AbortSignal
}

/** What was found for it. */
export interface FoundByTool {
  /** In words. */
  text: string
  /** How many passages or notes it holds. */
  found: number
}

/**
 * Runs a call when it is its turn, and has it written down however it ends. A call that was not let in is none. Throws what
 * a client can be told, or the signal's reason.
 */
export async function carryCall<T extends FoundByTool>(
  { calls, logger }: ToolCallParts,
  { tool, arguments: asked, signal }: AskedOfTool,
  run: () => Promise<T>
): Promise<T> {
  await calls.admit(signal)
  const startedAt = Date.now()
  const began = performance.now()
  const ended = (how: Pick<ToolCall, 'status' | 'found' | 'answer' | 'errorMessage'>) =>
    calls.ended({ tool, arguments: asked, startedAt, durationMs: performance.now() - began, ...how })
  try {
    const answer = await run()
    await ended({ status: 'ok', found: answer.found, answer: answer.text, errorMessage: null })
    return answer
  } catch (error) {
    const nothing = { found: 0, answer: null }
    if (signal.aborted) {
      await ended({ status: 'aborted', ...nothing, errorMessage: null })
      throw error
    }
    const failure = failureOf(error, logger)
    await ended({ status: 'error', ...nothing, errorMessage: wholeMessage(failure) })
    throw failure
  }
}

/** The error to tell a client. What nobody expected says no more than that, and goes to the log. */
export function failureOf(error: unknown, logger: Logger): HomeportError {
  if (!(error instanceof HomeportError)) {
    const { name } = error instanceof Error ? error : { name: typeof error }
    logger.error({ name }, 'Reading notes for a program failed unexpectedly.')
  }
  return asHomeportError(error)
}
