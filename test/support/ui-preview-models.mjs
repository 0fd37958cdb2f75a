// Models of the preview's machine: 16 GB of memory and a GPU of 12 GB. Installed ones, and a catalog.
import { createHash } from 'node:crypto'
import { hour, minute, now } from './ui-preview-values.mjs'

const GB = 1e9
const GPU_BYTES = 12 * GB
export const BUDGET_BYTES = 20 * GB

const template = `{%- if tools %}
    {{- '<|im_start|>system\\n' }}
    {{- "# Tools\\n\\nYou may call one or more functions to assist with the user query." }}
    {%- for tool in tools %}{{- "\\n" }}{{- tool | tojson }}{%- endfor %}
    {{- '<|im_end|>\\n' }}
{%- endif %}
{%- for message in messages %}
    {{- '<|im_start|>' + message.role + '\\n' + message.content + '<|im_end|>\\n' }}
{%- endfor %}
{%- if add_generation_prompt %}{{- '<|im_start|>assistant\\n' }}{%- endif %}`

export function fitOf(sizeBytes, layers = 36, contextTokens = 8192) {
  const perToken = sizeBytes / 40_000
  const memory = (tokens) => Math.round(sizeBytes * 1.06 + tokens * perToken + 0.4 * GB)
  const memoryBytes = memory(contextTokens)
  const share = Math.min(1, GPU_BYTES / memoryBytes)
  const verdict = memoryBytes > BUDGET_BYTES ? 'no' : share === 1 ? 'gpu' : 'partly'
  const sizes = [4096, 8192, 16_384, 32_768, 65_536, 131_072]
  return {
    verdict,
    contextTokens,
    memoryBytes,
    gpuLayers: Math.floor(share * layers),
    layers,
    perContext: sizes.map((tokens) => ({ contextTokens: tokens, memoryBytes: memory(tokens) }))
  }
}

export const defaultSettings = {
  contextTokens: null,
  parallel: null,
  gpuLayers: null,
  threads: null,
  flashAttention: null,
  kvCache: 'f16',
  overflow: 'stop',
  idleMinutes: 10,
  draftModel: null
}

const can = (...names) =>
  Object.fromEntries(['tools', 'reasoning', 'vision', 'json'].map((name) => [name, names.includes(name)]))

function installed(id, name, gigabytes, parameters, extra = {}) {
  const sizeBytes = Math.round(gigabytes * GB)
  const chat = (extra.kind ?? 'chat') === 'chat'
  return {
    id,
    name,
    kind: 'chat',
    path: `/home/ada/.local/share/homeport/models/${id}.gguf`,
    sizeBytes,
    origin: 'folder',
    architecture: 'qwen3',
    parameters,
    quantization: 'Q4_K_M',
    contextTokens: 32_768,
    hasChatTemplate: chat,
    chatTemplateHash: chat ? createHash('sha256').update(template).digest('hex') : null,
    chatTemplate: chat ? template : null,
    abilities: can(),
    state: 'ready',
    problem: null,
    settings: { ...defaultSettings },
    fit: fitOf(sizeBytes),
    speed: null,
    calibratedThreads: null,
    lastUsedAt: null,
    ...extra
  }
}

export const installedModels = () => [
  installed('qwen3-4b-q4_k_m', 'Qwen3 4B Instruct', 2.497, 4.02e9, {
    state: 'loaded',
    abilities: can('tools', 'json', 'reasoning'),
    speed: { prompt: 1840, output: 71.3 },
    calibratedThreads: 6,
    lastUsedAt: now - 2 * minute
  }),
  installed('gemma3-12b', 'Gemma 3 12B', 8.15, 11.8e9, {
    path: '/home/ada/.ollama/models/blobs/sha256-adca500fad9b54c565ae672184e0c9eb690eb6014ba63f8ec13849d4f73a32d3',
    origin: 'ollama',
    architecture: 'gemma3',
    contextTokens: 131_072,
    abilities: can('vision'),
    speed: { prompt: 510, output: 24.8 },
    fit: fitOf(8.15 * GB, 48),
    lastUsedAt: now - 26 * hour
  }),
  installed(
    'mistral-small-3.2-24b-instruct-2506-q4_k_m',
    'Mistral Small 3.2 24B Instruct 2506',
    14.33,
    23.6e9,
    {
      path: '/home/ada/.lmstudio/models/unsloth/mistral-small-3.2-24b-instruct-2506-q4_k_m.gguf',
      origin: 'lm-studio',
      architecture: 'llama',
      contextTokens: 131_072,
      abilities: can('tools', 'json', 'vision'),
      speed: { prompt: 96, output: 7.2 },
      fit: fitOf(14.33 * GB, 40),
      lastUsedAt: now - 12 * 24 * hour
    }
  ),
  installed('qwen3-0.6b-q8_0', 'Qwen3 0.6B', 0.639, 0.6e9, {
    quantization: 'Q8_0',
    abilities: can('tools', 'json', 'reasoning'),
    fit: fitOf(0.639 * GB, 28)
  }),
  installed('nomic-embed-text-v1.5-f16', 'Nomic Embed Text 1.5', 0.274, 0.137e9, {
    kind: 'embedding',
    architecture: 'nomic-bert',
    quantization: 'F16',
    contextTokens: 2048,
    state: 'loaded',
    speed: { prompt: 9200, output: 0 },
    fit: fitOf(0.274 * GB, 12, 2048),
    lastUsedAt: now - 4 * minute
  }),
  installed('llama-3.2-1b', 'Llama 3.2 1B Instruct', 0.808, 1.24e9, {
    path: '/home/ada/models/llama-3.2-1b.gguf',
    origin: 'added',
    architecture: 'llama',
    state: 'broken',
    problem: 'The file ends before its last tensor does. Download it again.'
  }),
  installed('phi-4-mini-q4_k_m', 'Phi 4 mini', 2.49, 3.8e9, {
    path: '/media/disk/models/phi-4-mini-q4_k_m.gguf',
    origin: 'watched',
    architecture: 'phi3',
    state: 'missing'
  })
]

const offered = (stem, quantization, gigabytes, layers, installedAs = null) => ({
  file: `${stem}-${quantization}.gguf`,
  quantization,
  sizeBytes: Math.round(gigabytes * GB),
  sha256: null,
  fit: fitOf(gigabytes * GB, layers),
  installedAs
})

function catalogModel(id, name, publisher, parameters, files, extra = {}) {
  const stem = name.replaceAll(' ', '-')
  return {
    id,
    name,
    kind: 'chat',
    publisher,
    repo: `${publisher.toLowerCase()}/${stem}-GGUF`,
    licence: 'Apache-2.0',
    goodFor: '',
    parameters,
    contextTokens: 32_768,
    abilities: can(),
    releasedAt: '2026-04-01',
    ...extra,
    files: files.map(([quantization, gigabytes, installedAs]) =>
      offered(stem, quantization, gigabytes, 36, installedAs ?? null)
    )
  }
}

export const catalogModels = () => [
  catalogModel(
    'qwen3-4b',
    'Qwen3 4B Instruct',
    'Qwen',
    4.02e9,
    [
      ['Q4_K_M', 2.5, 'qwen3-4b-q4_k_m'],
      ['Q6_K', 3.31],
      ['Q8_0', 4.28]
    ],
    {
      goodFor: 'The best small all-rounder: everyday questions, tools, and thinking things through.',
      abilities: can('tools', 'reasoning')
    }
  ),
  catalogModel(
    'qwen3-8b',
    'Qwen3 8B',
    'Qwen',
    8.2e9,
    [
      ['Q4_K_M', 5.03],
      ['Q6_K', 6.73],
      ['Q8_0', 8.71]
    ],
    {
      goodFor: 'More knowledge and steadier reasoning than the 4B, for twice the memory.',
      abilities: can('tools', 'reasoning')
    }
  ),
  catalogModel(
    'gemma-3-12b',
    'Gemma 3 12B',
    'Google',
    12.2e9,
    [
      ['Q4_K_M', 7.3],
      ['Q8_0', 12.5]
    ],
    {
      goodFor: 'Writing, and reading images, in many languages.',
      licence: 'Gemma',
      contextTokens: 131_072,
      abilities: can('vision')
    }
  ),
  catalogModel('gpt-oss-20b', 'gpt-oss 20B', 'OpenAI', 20.9e9, [['MXFP4', 12.1]], {
    goodFor: 'Hard questions and long chains of tools, if the memory is there.',
    contextTokens: 131_072,
    abilities: can('tools', 'reasoning')
  }),
  catalogModel(
    'llama-3.3-70b',
    'Llama 3.3 70B Instruct',
    'Meta',
    70.6e9,
    [
      ['Q2_K', 26.4],
      ['Q4_K_M', 42.5]
    ],
    {
      goodFor: 'As able as open models of its time get, on machines with 48 GB and more.',
      licence: 'Llama 3.3',
      contextTokens: 131_072,
      abilities: can('tools')
    }
  ),
  catalogModel(
    'smollm3-3b',
    'SmolLM3 3B',
    'HuggingFaceTB',
    3.08e9,
    [
      ['Q4_K_M', 1.92],
      ['Q8_0', 3.28]
    ],
    {
      goodFor: 'Quick answers in six languages, from data that is open, too.',
      contextTokens: 65_536,
      abilities: can('tools', 'reasoning')
    }
  ),
  catalogModel('embeddinggemma', 'EmbeddingGemma 300M', 'Google', 0.3e9, [['Q8_0', 0.33]], {
    kind: 'embedding',
    goodFor: 'Search in notes and documents, in over a hundred languages.',
    licence: 'Gemma',
    contextTokens: 2048
  }),
  catalogModel('bge-reranker', 'BGE Reranker v2 M3', 'BAAI', 0.57e9, [['Q8_0', 0.64]], {
    kind: 'rerank',
    goodFor: 'Puts found passages in the order in which they answer the question.',
    contextTokens: 8192
  })
]

export const foundRepos = [
  ['unsloth/Qwen3-30B-A3B-Instruct-2507-GGUF', 812_400, 391, 'apache-2.0', false],
  ['bartowski/google_gemma-3-27b-it-GGUF', 96_120, 140, 'gemma', true],
  ['lmstudio-community/Qwen3-Coder-30B-A3B-Instruct-GGUF', 220_113, 88, 'apache-2.0', false],
  ['somebody/qwen-tiny-experiment-gguf', 12, 0, null, false]
].map(([repo, downloads, likes, licence, gated], index) => ({
  repo,
  downloads,
  likes,
  updatedAt: now - (index + 1) * 70 * hour,
  licence,
  gated
}))

export const repoFiles = () => [
  offered('model', 'Q2_K', 10.5, 48),
  offered('model', 'Q4_K_M', 17.3, 48),
  offered('model', 'Q8_0', 31.8, 48)
]
