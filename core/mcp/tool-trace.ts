import type { ToolCall } from '../contract/knowledge.ts'
import type { CallLabels, TraceSummary } from '../contract/traces.ts'
import { newTraceId } from '../lib/ids.ts'
import type { Logger } from '../lib/logger.ts'
import type { NewTrace, TraceContext } from '../traces/new-trace.ts'

/** Who called, and what they say about the call. */
export interface ToolCaller {
  /** Of the app key, or of the part of the app. */
  id: string
  /** As shown in Activity. */
  name: string
  labels?: CallLabels | null
  traceContext?: TraceContext | null
  /** Its texts must not be recorded, whatever the settings say. */
  withoutTexts?: boolean
}

/** Who reads notes by `homeport mcp`: the person's own programs, as their command line is. */
export const stdioCaller: ToolCaller = { id: 'mcp-stdio', name: 'MCP over stdio' }

export interface ToolRecorderOptions {
  traces: { record(trace: NewTrace): Promise<void> }
  /** Whether arguments and answers are kept, asked at the end of each call. */
  recordBodies(): boolean
  /** Told after the trace is written. */
  onTrace(summary: TraceSummary): void
  logger: Logger
}

/** Puts a call into Activity. Never throws. */
export type RecordToolCall = (call: ToolCall, caller: ToolCaller) => void

export function createToolRecorder({
  traces,
  recordBodies,
  onTrace,
  logger
}: ToolRecorderOptions): RecordToolCall {
  return (call, caller) => {
    const trace = traceOf(call, caller, recordBodies() && caller.withoutTexts !== true)
    traces.record(trace).then(
      () => onTrace(trace.summary),
      (error: unknown) => logger.error({ traceId: trace.summary.id, error }, 'A trace could not be written')
    )
  }
}

const TITLE_CHARS = 120
const noLabels: CallLabels = { feature: null, project: null, session: null, tags: [] }

function traceOf(call: ToolCall, caller: ToolCaller, withTexts: boolean): NewTrace {
  const { tool, startedAt, durationMs, status, found, answer } = call
  const id = newTraceId()
  const hasFailed = status === 'error'
  // it may name what was asked for
  const errorMessage = hasFailed && !withTexts ? `${tool} failed` : call.errorMessage
  return {
    summary: {
      ...{ id, startedAt, durationMs, status, errorMessage, app: caller.name, model: tool },
      ...{ firstTokenMs: null, providerId: null, providerModel: null, cache: null, savedNanoUsd: null },
      ...{ dialect: 'mcp', usage: null, cost: { kind: 'free' }, stream: false, score: null, source: 'mcp' },
      title: withTexts ? titleOf(call) : '',
      labels: caller.labels ?? noLabels
    },
    callerId: caller.id,
    chatId: null,
    context: caller.traceContext ?? null,
    spans: [
      {
        id: id.slice(-16),
        parentId: null,
        name: tool,
        kind: 'tool',
        startUs: 0,
        durationUs: Math.round(durationMs * 1000),
        status: hasFailed ? 'error' : 'ok',
        note: status === 'ok' ? `${found} found` : errorMessage,
        firstTokenUs: null
      }
    ],
    route: null,
    warnings: [],
    requestBody: withTexts ? JSON.stringify({ name: tool, arguments: call.arguments }) : null,
    responseBody: withTexts ? answer : null
  }
}

/** What was asked for, in whichever argument the tool takes it. */
function titleOf({ arguments: { query, path, uri } }: ToolCall): string {
  const asked = [query, path, uri].find((value) => typeof value === 'string') ?? ''
  return asked.replace(/\s+/g, ' ').trim().slice(0, TITLE_CHARS).toWellFormed()
}
