import { z } from 'zod'
import type { Reader, Statement, Writer } from '../store/store.ts'
import { firstTraceIdOf } from './trace-id-time.ts'

/** Shorter texts are not worth compressing. */
const LARGE_TEXT_CHARS = 2048
const PRUNE_BATCH = 500

const insertTexts = 'INSERT INTO span_texts (trace_id, span_id, texts) VALUES (?, ?, ?)'
const selectTexts = `
  SELECT span_id AS spanId, iif(typeof(texts) = 'blob', unzstd(texts), texts) AS texts FROM span_texts
  WHERE trace_id = ? ORDER BY span_id`
const deleteTexts = `
  DELETE FROM span_texts WHERE (trace_id, span_id) IN
    (SELECT trace_id, span_id FROM span_texts WHERE trace_id < ? LIMIT ${PRUNE_BATCH})`

const textsSchema = z.record(z.string(), z.unknown())

/** Keeps what a span of another program says: prompts, answers, documents, as a JSON object by attribute. */
export function keepSpanTexts(traceId: string, spanId: string, texts: string): Statement {
  const kept = texts.length < LARGE_TEXT_CHARS ? texts : { zstd: texts }
  return { sql: insertTexts, params: [traceId, spanId, kept] }
}

/** By span, those that fit into `maxChars` UTF-16 units together. */
export function spanTextsOf(
  reader: Reader,
  traceId: string,
  maxChars: number
): Map<string, Record<string, unknown>> {
  const found = new Map<string, Record<string, unknown>>()
  let left = maxChars
  for (const { spanId, texts } of reader.all<{ spanId: string; texts: string }>(selectTexts, traceId)) {
    left -= texts.length
    if (left < 0) break
    found.set(spanId, textsSchema.parse(JSON.parse(texts)))
  }
  return found
}

/** Deletes those of traces that started before a time (milliseconds UTC). */
export async function deleteSpanTextsBefore(writer: Writer, time: number): Promise<void> {
  const params = [firstTraceIdOf(time)]
  for (;;) {
    const [result] = await writer.write('traces', [{ sql: deleteTexts, params }])
    if (!result || result.changes < PRUNE_BATCH) return
  }
}
