import type { Access } from './access/access.ts'
import type { Budgets } from './budgets/budgets.ts'
import type { AppEvent } from './contract/events.ts'
import type { Settings } from './contract/settings.ts'
import type { Prices } from './costs/price-call.ts'
import type { AppHandlers } from './gateway/app-handlers.ts'
import { telemetryHandlers } from './gateway/handlers/telemetry-handlers.ts'
import { createReceivePort } from './gateway/receive-server.ts'
import type { openOnDevice } from './inference/on-device.ts'
import type { Logger } from './lib/logger.ts'
import { createUpstreamHttp } from './providers/shared/http.ts'
import type { ModelProvider } from './providers/spec/provider.ts'
import type { Secrets } from './secrets/secrets.ts'
import { createExporter } from './telemetry/exporter.ts'
import { createMetrics, type Metrics } from './telemetry/metrics.ts'
import { createSpanReceiver } from './telemetry/receive.ts'
import { createSpanReader } from './telemetry/receive-worker.ts'
import type { NewTrace } from './traces/new-trace.ts'
import type { Traces } from './traces/traces.ts'

export interface ObservingOptions {
  settings(): Settings
  secrets: Secrets
  access: Pick<Access, 'authenticate'>
  providers: { readonly callable: ReadonlyMap<string, ModelProvider> }
  onDevice: Pick<Awaited<ReturnType<typeof openOnDevice>>, 'backend' | 'status'>
  budgets: Pick<Budgets, 'list'>
  prices: Pick<Prices, 'price'>
  traces: Pick<Traces, 'record' | 'append'>
  publish(event: AppEvent): void
  version: string
  logger: Logger
}

type Routes = Extract<keyof AppHandlers, `${string} /app/telemetry${string}`>

/** What other programs tell of themselves, and are told of the calls: OpenTelemetry in and out, and Prometheus. */
export interface Observing {
  /** Where ended calls go: into the traces, the counters and, if chosen, to a collector. */
  traces: { record(trace: NewTrace): Promise<void> }
  chunkTimer: Metrics['chunkTimer']
  metrics: Metrics['text']
  handlers: Pick<AppHandlers, Routes>
  /** Opens, moves and closes what the settings say; once at the start too. */
  settingsChanged(): void
  close(): Promise<void>
}

export function openObserving(options: ObservingOptions): Observing {
  const { settings, secrets, budgets, onDevice, prices, publish, traces, version, logger } = options
  const provider = (id: string) => options.providers.callable.get(id) ?? null
  const http = createUpstreamHttp()
  const exporter = createExporter({
    settings: () => settings().telemetry,
    secrets,
    http,
    provider,
    version,
    logger
  })
  const metrics = createMetrics({
    provider,
    budgets: budgets.list,
    engine: async () => (onDevice.backend() === null ? null : onDevice.status()),
    export: exporter.status,
    version
  })
  const reader = createSpanReader()
  const receivePort = createReceivePort({
    authenticate: options.access.authenticate,
    // what other programs sent is theirs: it is neither exported again nor counted as a call of the gateway
    receiver: createSpanReceiver({
      read: reader.read,
      traces,
      price: (vendor, model, usage, at) =>
        prices.price(vendor === null ? 'unknown' : { vendor }, model, usage, at),
      recordBodies: () => settings().recordBodies,
      onTrace: (trace) => publish({ type: 'trace-recorded', trace })
    }),
    logger
  })
  return {
    traces: {
      record(trace) {
        metrics.ended(trace)
        exporter.add(trace)
        return traces.record(trace)
      }
    },
    chunkTimer: metrics.chunkTimer,
    metrics: metrics.text,
    handlers: telemetryHandlers({ exporter, receiveStatus: receivePort.status }),
    settingsChanged() {
      exporter.settingsChanged()
      void receivePort.apply(settings().telemetry)
    },
    async close() {
      await exporter.close()
      await http.close()
      await receivePort.close()
      await reader.close()
    }
  }
}
