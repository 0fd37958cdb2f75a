import type { CallToolResult } from '@modelcontextprotocol/server'
import { wholeMessage } from '../errors/whole-message.ts'
import { type AskedOfTool, carryCall, type FoundByTool, failureOf, type ToolCallParts } from './tool-calls.ts'

/** What a tool found: for programs, and in words for a model. */
export interface ToolAnswer extends FoundByTool {
  structured: Record<string, unknown>
}

/** Runs a tool. What goes wrong becomes an answer too, so that the model that called it can do better. */
export async function answerTool(
  parts: ToolCallParts,
  asked: AskedOfTool,
  run: () => Promise<ToolAnswer>
): Promise<CallToolResult> {
  try {
    const { text, structured } = await carryCall(parts, asked, run)
    return { content: [{ type: 'text', text }], structuredContent: structured }
  } catch (error) {
    if (asked.signal.aborted) throw error
    return { content: [{ type: 'text', text: wholeMessage(failureOf(error, parts.logger)) }], isError: true }
  }
}
