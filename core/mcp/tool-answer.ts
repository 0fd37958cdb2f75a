import type { CallToolResult } from '@modelcontextprotocol/server'
import { HomeportError } from '../errors/homeport-error.ts'
import { asHomeportError } from '../errors/internal-error.ts'
import { wholeMessage } from '../errors/whole-message.ts'
import type { Logger } from '../lib/logger.ts'

/** What a tool found: for programs, and in words for a model. */
export interface ToolAnswer {
  text: string
  structured: Record<string, unknown>
}

/**
 * Runs a tool. What goes wrong becomes an answer too, so that the model that called it can do better; what nobody expected
 * says no more than that, and goes to the log.
 */
export async function answerTool(
  logger: Logger,
  signal: AbortSignal,
  run: () => Promise<ToolAnswer>
): Promise<CallToolResult> {
  try {
    const { text, structured } = await run()
    return { content: [{ type: 'text', text }], structuredContent: structured }
  } catch (error) {
    if (signal.aborted) throw error
    return { content: [{ type: 'text', text: wholeMessage(failureOf(error, logger)) }], isError: true }
  }
}

/** The error to tell a client. */
export function failureOf(error: unknown, logger: Logger): HomeportError {
  if (!(error instanceof HomeportError)) {
    const { name } = error instanceof Error ? error : { name: typeof error }
    logger.error({ name }, 'Reading notes for a program failed unexpectedly.')
  }
  return asHomeportError(error)
}
