// The preview's engine, model files and downloads: enough of them to see every state move.
import {
  BUDGET_BYTES,
  catalogModels,
  defaultSettings,
  fitOf,
  foundRepos,
  installedModels,
  repoFiles
} from './ui-preview-models.mjs'
import { minute, now } from './ui-preview-values.mjs'

const GB = 1e9

function downloadOf(id, name, state, sizeBytes, receivedBytes, extra = {}) {
  return {
    id,
    repo: 'google/Gemma-3-12B-GGUF',
    file: `${name.replaceAll(' ', '-')}-Q4_K_M.gguf`,
    revision: 'main',
    name,
    state,
    sizeBytes,
    receivedBytes,
    bytesPerSecond: state === 'downloading' ? 38.2e6 : null,
    secondsLeft: state === 'downloading' ? (sizeBytes - receivedBytes) / 38.2e6 : null,
    problem: null,
    modelId: null,
    startedAt: now - 2 * minute,
    ...extra
  }
}

const someDownloads = () => [
  downloadOf('d1', 'Gemma 3 12B', 'downloading', 7.3 * GB, 2.9 * GB),
  downloadOf('d2', 'SmolLM3 3B', 'paused', 1.92 * GB, 0.4 * GB, { repo: 'huggingfacetb/SmolLM3-3B-GGUF' }),
  downloadOf('d3', 'BGE Reranker v2 M3', 'failed', 0.64 * GB, 0.31 * GB, {
    repo: 'baai/BGE-Reranker-v2-M3-GGUF',
    file: 'BGE-Reranker-v2-M3-Q8_0.gguf',
    problem: 'The server closed the connection five times in a row. What has arrived is kept: try again.'
  }),
  downloadOf('d4', 'EmbeddingGemma 300M', 'done', 0.33 * GB, 0.33 * GB, { modelId: 'embeddinggemma' })
]

/** Its routes, and `close` to end what is on its way. `downloads`: with one of every state. */
export function createOnDevice({ empty, downloads: busy = false, publish, fail }) {
  const models = new Map((empty ? [] : installedModels()).map((model) => [model.id, model]))
  const downloads = new Map((busy ? someDownloads() : []).map((download) => [download.id, download]))
  let hasToken = false

  const listed = ({ chatTemplate: _, ...model }) => model
  const known = (id) => models.get(id) ?? fail(404, 'There is no such model.', null)
  const change = (id, patch) => {
    Object.assign(known(id), patch)
    publish({ type: 'engine-changed' })
    publish({ type: 'models-changed' })
    return listed(known(id))
  }
  const report = (download, patch) => {
    Object.assign(download, patch)
    publish({ type: 'download-changed', download })
    return download
  }

  const timer = setInterval(() => {
    for (const download of downloads.values()) {
      if (download.state !== 'downloading') continue
      const receivedBytes = Math.min(download.sizeBytes, download.receivedBytes + 38.2e6 / 2)
      if (receivedBytes < download.sizeBytes) {
        report(download, { receivedBytes, secondsLeft: (download.sizeBytes - receivedBytes) / 38.2e6 })
      } else report(download, { state: 'done', receivedBytes, modelId: 'qwen3-4b-q4_k_m' })
    }
  }, 500)

  function engine() {
    const loaded = [...models.values()].filter(({ state }) => state === 'loaded')
    const running = loaded.map((model, index) => ({
      id: model.id,
      name: model.name,
      state: 'loaded',
      memoryBytes: model.fit.memoryBytes,
      gpuLayers: model.fit.gpuLayers,
      contextTokens: model.settings.contextTokens ?? model.fit.contextTokens,
      parallel: index === 0 ? 4 : 1,
      threads: 6,
      active: index === 0 ? 2 : 0,
      waiting: index === 0 ? 1 : 0,
      loadedAt: now - 20 * minute,
      lastUsedAt: now - 2 * minute,
      unloadsAt: index === 0 ? null : Date.now() + 6.4 * minute
    }))
    const usedBytes = running.reduce((sum, { memoryBytes }) => sum + memoryBytes, 0)
    return {
      state: empty ? 'stopped' : 'running',
      backend: empty ? null : 'CUDA',
      devices: empty
        ? []
        : [
            { name: 'NVIDIA GeForce RTX 4070', kind: 'gpu', totalBytes: 12 * GB, freeBytes: 7.8 * GB },
            { name: 'AMD Ryzen 7 7700', kind: 'cpu', totalBytes: 16 * GB, freeBytes: 6.1 * GB }
          ],
      memory: {
        budgetBytes: BUDGET_BYTES,
        usedBytes,
        systemTotalBytes: 16 * GB,
        systemFreeBytes: 6.1 * GB
      },
      models: running
    }
  }

  const routes = {
    'GET /app/local-models': () => ({ models: [...models.values()].map(listed) }),
    'POST /app/local-models': () => fail(400, 'There is no such file.', 'Check the path.'),
    'GET /app/local-models/:id': ({ id }) => known(id),
    'DELETE /app/local-models/:id': ({ id }) => {
      models.delete(id)
      publish({ type: 'models-changed' })
      return { ok: true }
    },
    'PUT /app/local-models/:id/settings': ({ id, body }) => {
      const { sizeBytes, fit: before } = known(id)
      const settings = { ...defaultSettings, ...body }
      return change(id, { settings, fit: fitOf(sizeBytes, before.layers, settings.contextTokens ?? 8192) })
    },
    'POST /app/local-models/:id/load': ({ id }) => change(id, { state: 'loaded', lastUsedAt: Date.now() }),
    'POST /app/local-models/:id/unload': ({ id }) => change(id, { state: 'ready' }),
    'POST /app/local-models/:id/calibrate': ({ id }) =>
      change(id, { calibratedThreads: 8, speed: { prompt: 1910, output: 74.1 } }),
    'GET /app/engine': engine,
    'GET /app/catalog': () => ({
      models: empty
        ? catalogModels().map((model) => ({
            ...model,
            files: model.files.map((file) => ({ ...file, installedAs: null }))
          }))
        : catalogModels()
    }),
    'GET /app/model-search': ({ query }) => ({
      repos: query.get('query') === 'nothing' ? [] : foundRepos
    }),
    'GET /app/model-search/files': () => ({ files: repoFiles() }),
    'GET /app/model-hub': () => ({ hasToken }),
    'PATCH /app/model-hub': ({ body }) => {
      hasToken = body.token !== null
      return { hasToken }
    },
    'GET /app/downloads': () => ({ downloads: [...downloads.values()] }),
    'POST /app/downloads': ({ body }) => {
      const before = [...downloads.values()].find(
        ({ repo, file }) => repo === body.repo && file === body.file
      )
      if (before) return report(before, { state: 'downloading', bytesPerSecond: 38.2e6, problem: null })
      const offer = catalogModels().find(({ repo }) => repo === body.repo)
      const file = (offer?.files ?? repoFiles()).find((known) => known.file === body.file)
      const name = offer?.name ?? body.repo.split('/')[1]
      const download = downloadOf(crypto.randomUUID(), name, 'downloading', file.sizeBytes, 0, {
        ...body,
        startedAt: Date.now()
      })
      downloads.set(download.id, download)
      return report(download, {})
    },
    'PATCH /app/downloads/:id': ({ id, body }) =>
      report(downloads.get(id), {
        state: body.paused ? 'paused' : 'downloading',
        bytesPerSecond: body.paused ? null : 38.2e6
      }),
    'DELETE /app/downloads/:id': ({ id }) => {
      downloads.delete(id)
      publish({ type: 'download-removed', id })
      return { ok: true }
    }
  }
  return { routes, close: () => clearInterval(timer) }
}
