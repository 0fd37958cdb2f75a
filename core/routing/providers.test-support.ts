import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import path from 'node:path'
import {
  type FakeUpstream,
  type FakeUpstreamOptions,
  startFakeUpstream
} from '../../test/support/fake-upstream.ts'
import { addProviderSchema } from '../contract/models.ts'
import { silentLogger } from '../lib/logger.ts'
import { adapters } from '../providers/registry.generated.ts'
import type { ChatCall } from '../providers/spec/chat.ts'
import type { ModelProvider } from '../providers/spec/provider.ts'
import { openStore } from '../store/open-store.ts'
import type { Store } from '../store/store.ts'
import { openProviders, type Providers, type ProvidersOptions } from './providers.ts'

export const onDevice: ModelProvider = {
  id: 'on-device',
  name: 'This machine',
  kind: 'on-device',
  onDevice: true,
  pricing: 'free',
  listModels: () => [{ id: 'tiny', name: 'Tiny', contextTokens: 2048 }],
  chat: () => Promise.reject(new Error('not called'))
}

/** A data folder of its own, and model servers to add. */
export interface ProvidersRig {
  readonly folder: string
  readonly store: Store
  /** By name. */
  readonly secrets: Map<string, string>
  /** How often the list changed. */
  changes(): number
  /** As after a start. */
  open(options?: Partial<ProvidersOptions>): Providers
  upstream(options?: FakeUpstreamOptions): Promise<FakeUpstream>
  close(): Promise<void>
}

export async function openRig(): Promise<ProvidersRig> {
  const folder = mkdtempSync(path.join(tmpdir(), 'homeport-routing-'))
  const store = await openStore({ dataDir: folder, logger: silentLogger })
  const secrets = new Map<string, string>()
  const upstreams: FakeUpstream[] = []
  let changes = 0
  return {
    folder,
    store,
    secrets,
    changes: () => changes,
    open: (options = {}) =>
      openProviders({
        catalog: { find: () => null },
        store,
        secrets: {
          get: async (name) => secrets.get(name) ?? null,
          set: async (name, value) => void secrets.set(name, value),
          delete: async (name) => void secrets.delete(name)
        },
        adapters,
        onDevice,
        isPriced: (pricing) => pricing === 'free',
        onChange: () => changes++,
        logger: silentLogger,
        localServers: [],
        ...options
      }),
    async upstream(options) {
      const started = await startFakeUpstream(options)
      upstreams.push(started)
      return started
    },
    async close() {
      for (const upstream of upstreams) await upstream.close()
      await store.close()
      rmSync(folder, { recursive: true, force: true })
    }
  }
}

export const input = (baseUrl: string, more: object = {}) =>
  addProviderSchema.parse({ id: 'fake', baseUrl, ...more })
export const rootOf = ({ port }: FakeUpstream): string => `http://localhost:${port}`

export const plainCall = (model: string): ChatCall => ({
  model,
  stream: false,
  request: () => ({ messages: [], output: 'text', unmapped: [] }),
  wire: null,
  signal: new AbortController().signal
})
