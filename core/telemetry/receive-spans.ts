import { decodeJson } from './otlp-json.ts'
import { decodeProtobuf } from './otlp-protobuf.ts'
import type { OtlpSpan } from './otlp-span.ts'
import { type MappedSpan, mapSpan } from './semantic-span.ts'

export type Encoding = 'json' | 'protobuf'

/** An export as it came, unpacked. */
export interface SentSpans {
  body: Buffer
  encoding: Encoding
  /** Whether prompts and answers are kept. */
  withTexts: boolean
}

/** What an export holds, in our terms. */
export interface ReadSpans {
  spans: MappedSpan[]
  /** Spans without a time that can be shown. */
  untimed: number
}

/** The year 2200, in microseconds. */
const LATEST_US = 7_258_118_400_000_000

/** Reads an `ExportTraceServiceRequest`. Throws `bad-request` and `too-large`. */
export function readSpans({ body, encoding, withTexts }: SentSpans): ReadSpans {
  const sent = encoding === 'json' ? decodeJson(body) : decodeProtobuf(body)
  const timed = sent.filter(hasTime)
  return { spans: timed.map((span) => mapSpan(span, withTexts)), untimed: sent.length - timed.length }
}

const hasTime = ({ startUs, endUs }: OtlpSpan): boolean =>
  startUs > 0 && startUs < LATEST_US && endUs < LATEST_US
