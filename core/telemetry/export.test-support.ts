import { createServer, type IncomingHttpHeaders, type ServerResponse } from 'node:http'
import { gunzipSync } from 'node:zlib'
import { onTestFinished } from 'vitest'
import { type Settings, settingsSchema } from '../contract/settings.ts'
import type { Span, TraceSummary } from '../contract/traces.ts'
import type { Usage } from '../contract/usage.ts'
import { newTraceId } from '../lib/ids.ts'
import { silentLogger } from '../lib/logger.ts'
import { createUpstreamHttp } from '../providers/shared/http.ts'
import type { EndedCall } from './export-call.ts'
import type { SecretStore } from './export-headers.ts'
import { createExporter, type ExportLimits } from './exporter.ts'
import type { OtlpAttribute, OtlpJsonSpan, OtlpTraces, OtlpValue } from './otlp-encode.ts'

export interface Received {
  path: string | undefined
  headers: IncomingHttpHeaders
  body: Buffer
}
export type Respond = (response: ServerResponse, received: Received) => void

export const answers =
  (status: number, headers: Record<string, string> = {}, body = '{}'): Respond =>
  (response) =>
    void response.writeHead(status, headers).end(body)

/** A collector that answers as the script says, then with 200, and keeps what it got. */
export async function startCollector(...script: Respond[]) {
  const received: Received[] = []
  const server = createServer(async (request, response) => {
    const chunks: Buffer[] = []
    for await (const chunk of request) chunks.push(chunk)
    const entry = { path: request.url, headers: request.headers, body: gunzipSync(Buffer.concat(chunks)) }
    received.push(entry)
    const respond = script[received.length - 1] ?? answers(200)
    respond(response, entry)
  })
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  const close = () => {
    server.closeAllConnections()
    server.close()
  }
  onTestFinished(close)
  const address = server.address()
  const port = typeof address === 'object' && address ? address.port : 0
  return { url: `http://127.0.0.1:${port}`, received, close }
}

export const spansIn = ({ body }: Received): OtlpJsonSpan[] => {
  const traces: OtlpTraces = JSON.parse(body.toString())
  return traces.resourceSpans.flatMap(({ scopeSpans }) => scopeSpans.flatMap(({ spans }) => spans))
}

/** Names of the calls that arrived, in their order. */
export const callsIn = (received: readonly Received[]): string[] =>
  received.flatMap(spansIn).flatMap((span) => (span.name.startsWith('chat ') ? [span.name.slice(5)] : []))

const plain = (value: OtlpValue): unknown =>
  'arrayValue' in value ? value.arrayValue.values.map(plain) : Object.values(value)[0]
export const valuesOf = (attributes: readonly OtlpAttribute[]): Record<string, unknown> =>
  Object.fromEntries(attributes.map(({ key, value }) => [key, plain(value)]))

export function memorySecrets(): SecretStore & { all: Map<string, string> } {
  const all = new Map<string, string>()
  return {
    all,
    get: async (name) => all.get(name) ?? null,
    set: async (name, value) => void all.set(name, value),
    delete: async (name) => void all.delete(name)
  }
}

/** An exporter to that address, quick enough for a test. */
export function openExporter(exportUrl: string | null, limits: ExportLimits = {}) {
  let telemetry: Settings['telemetry'] = { ...settingsSchema.parse({}).telemetry, exportUrl }
  const secrets = memorySecrets()
  const http = createUpstreamHttp()
  const exporter = createExporter({
    settings: () => telemetry,
    secrets,
    http,
    provider: (id) => ({ kind: id, onDevice: id === 'on-device' }),
    version: '1.2.3',
    logger: silentLogger,
    limits: { batchMs: 1, firstPauseMs: 1, ...limits },
    random: () => 0.5
  })
  onTestFinished(async () => {
    await exporter.close()
    await http.close()
  })
  const set = (changed: Partial<Settings['telemetry']>): void => {
    telemetry = { ...telemetry, ...changed }
    exporter.settingsChanged()
  }
  return { exporter, secrets, set }
}

export const usageOf = (input: Partial<Usage['input']>, output: Partial<Usage['output']>): Usage => ({
  input: { total: 0, noCache: 0, cacheRead: 0, cacheWrite5m: 0, cacheWrite1h: 0, ...input },
  output: { total: 0, text: 0, reasoning: 0, ...output }
})

const attempt: Span = {
  id: '00000000beef0001',
  parentId: null,
  name: 'attempt',
  kind: 'provider',
  startUs: 1500,
  durationUs: 80_000,
  status: 'ok',
  note: 'stop',
  firstTokenUs: 9000
}

/** A chat with `openai/<name>` that went well. */
export function callOf(
  name: string,
  summary: Partial<TraceSummary> = {},
  changed: Partial<EndedCall> = {}
): EndedCall {
  return {
    summary: {
      id: newTraceId(),
      startedAt: 1_800_000_000_123,
      durationMs: 100.5,
      firstTokenMs: 10,
      status: 'ok',
      app: 'Editor',
      dialect: 'openai-chat',
      model: `openai/${name}`,
      providerId: 'openai',
      providerModel: name,
      cache: null,
      savedNanoUsd: null,
      title: 'A question',
      usage: usageOf({ total: 12, noCache: 12 }, { total: 7, text: 7 }),
      cost: { kind: 'priced', nanoUsd: 1_250_000, source: 'test' },
      stream: true,
      errorMessage: null,
      labels: { feature: null, project: null, session: null, tags: [] },
      score: null,
      source: 'gateway',
      ...summary
    },
    chatId: null,
    context: null,
    spans: [attempt],
    requestBody: null,
    responseBody: null,
    ...changed
  }
}
