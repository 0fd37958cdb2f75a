import { mkdirSync, mkdtempSync, readdirSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { vi } from 'vitest'
import type { Download } from '../../contract/downloads.ts'
import { silentLogger } from '../../lib/logger.ts'
import { checkGguf } from '../files/gguf-check.ts'
import { hubAddress } from '../hub/hub-address.ts'
import { createHubHttp, type HubHttp } from '../hub/hub-http.ts'
import { startTestHub, type TestHub } from '../hub/hub-server.test-support.ts'
import { DownloadRepository } from './download-repository.ts'
import { openDownloadStore } from './download-store.test-support.ts'
import { type DownloadsOptions, type OpenDownloads, openDownloads } from './downloads.ts'

export const REPO = 'someone/some-model-GGUF'
export const FILE = 'some-model-Q4_K_M.gguf'
export const wanted = { repo: REPO, file: FILE, revision: 'main' }

/** Downloads of a folder of their own from a hub of their own, with nobody waiting for real time. */
export interface DownloadBench {
  readonly hub: TestHub
  readonly modelsDir: string
  readonly target: string
  /** Pauses that were taken, in ms. */
  readonly pauses: number[]
  /** Every state each download was told to be in, in order. */
  readonly events: Download[]
  readonly removed: string[]
  readonly installed: string[]
  downloads: OpenDownloads
  /** As after a restart of the daemon. */
  reopen(change?: Partial<DownloadsOptions>): Promise<void>
  partials(): string[]
  /** Resolves with the only download once it is in that state. */
  until(state: Download['state'], id?: string): Promise<Download>
  close(): Promise<void>
}

export async function openBench(change: Partial<DownloadsOptions> = {}): Promise<DownloadBench> {
  const folder = mkdtempSync(join(tmpdir(), 'homeport-downloads-'))
  const modelsDir = join(folder, 'models')
  mkdirSync(modelsDir)
  const hub = await startTestHub()
  const store = await openDownloadStore(folder)
  const pauses: number[] = []
  const events: Download[] = []
  const removed: string[] = []
  const installed: string[] = []
  let http: HubHttp

  const open = (more: Partial<DownloadsOptions>) => {
    http = createHubHttp({ token: async () => 'hf_secret', env: {}, idleTimeoutMs: 150 })
    return openDownloads({
      repository: new DownloadRepository(store),
      http,
      hub: () => hubAddress(hub.url),
      modelsDir,
      check: checkGguf,
      installed: async (path) => {
        installed.push(path)
        return 'some-model'
      },
      knownSha256: () => null,
      parallel: () => 2,
      logger: silentLogger,
      onChange: (download) => void events.push(download),
      onRemove: (id) => void removed.push(id),
      patience: {
        attempts: 4,
        delayMs: (failures) => failures,
        sleep: async (ms) => void pauses.push(ms)
      },
      ...change,
      ...more
    })
  }

  const bench: DownloadBench = {
    hub,
    modelsDir,
    target: join(modelsDir, REPO, FILE),
    pauses,
    events,
    removed,
    installed,
    downloads: await open({}),
    async reopen(more = {}) {
      await bench.downloads.close()
      await http.close()
      bench.downloads = await open(more)
    },
    partials: () => readdirSync(join(modelsDir, '.partial')),
    until: (state, id) =>
      vi.waitFor(
        () => {
          const download = bench.downloads.list().find((one) => id === undefined || one.id === id)
          if (download?.state !== state) {
            throw new Error(`it is ${download?.state}, not ${state}: ${download?.problem}`)
          }
          return download
        },
        { timeout: 15_000, interval: 5 }
      ),
    async close() {
      await bench.downloads.close()
      await http.close()
      await hub.close()
      await store.close()
      rmSync(folder, { recursive: true })
    }
  }
  return bench
}
