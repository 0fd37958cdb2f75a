/** What everything may stand on. */
const base = ['core/contract', 'core/errors', 'core/lib', 'core/threads']
const spec = 'core/providers/spec'
/** The features, and the engine and document search that count as such for whoever builds on them. */
const features = [
  'core/chats',
  'core/traces',
  'core/costs',
  'core/budgets',
  'core/routing',
  'core/cache',
  'core/reasoning',
  'core/responses',
  'core/alerts',
  'core/telemetry',
  'core/vault',
  'core/retrieval',
  'core/inference'
]
const feature = ['core/store', 'core/retrieval', spec, ...base]
const aboveThePipeline = ['core/pipeline', ...features, 'core/access', spec, ...base]

export interface Room {
  /** Folder or file; `*` stands for one name. The first row that fits a file is its room. */
  readonly path: string
  /** Rooms it may import besides itself. `*` is the same name as in `path`. */
  readonly mayImport: readonly string[]
  /** Packages it may import; absent: all but those that `packageHomes` keeps elsewhere. */
  readonly packages?: readonly string[]
}

/** Who may import whom. Tests may import anything; nothing may import a test. */
export const rooms: readonly Room[] = [
  { path: 'core/contract', mayImport: [], packages: ['zod'] },
  { path: 'core/lib', mayImport: [] },
  { path: 'core/errors', mayImport: ['core/contract'] },
  { path: 'core/threads', mayImport: ['core/contract', 'core/errors'] },
  { path: 'core/store', mayImport: base },
  { path: 'core/secrets', mayImport: base },
  { path: 'core/settings', mayImport: ['core/store', ...base] },
  { path: 'core/access', mayImport: ['core/store', ...base] },
  { path: spec, mayImport: base },
  { path: 'core/providers/shared', mayImport: [spec, ...base] },
  // found by folder: it names every adapter, and nothing else does
  { path: 'core/providers/registry.generated.ts', mayImport: ['core/providers/*', spec] },
  { path: 'core/providers/generate-registry.ts', mayImport: [] },
  // an adapter never imports a sibling
  { path: 'core/providers/*', mayImport: ['core/providers/shared', spec, ...base] },
  { path: 'core/chats', mayImport: feature },
  { path: 'core/traces', mayImport: feature },
  { path: 'core/costs', mayImport: feature },
  { path: 'core/budgets', mayImport: feature },
  { path: 'core/routing', mayImport: feature },
  { path: 'core/cache', mayImport: feature },
  { path: 'core/reasoning', mayImport: feature },
  { path: 'core/responses', mayImport: feature },
  { path: 'core/alerts', mayImport: feature },
  { path: 'core/telemetry', mayImport: feature },
  { path: 'core/vault', mayImport: feature },
  { path: 'core/retrieval', mayImport: ['core/store', spec, ...base] },
  { path: 'core/inference', mayImport: ['core/store', spec, ...base] },
  { path: 'core/pipeline', mayImport: [...features, 'core/access', spec, ...base] },
  { path: 'core/gateway', mayImport: aboveThePipeline },
  { path: 'core/mcp', mayImport: aboveThePipeline },
  // parts of the composition root
  { path: 'core/spending.ts', mayImport: ['core/gateway', 'core/store', ...aboveThePipeline] },
  { path: 'core/knowledge.ts', mayImport: ['core/gateway', 'core/mcp', 'core/store', ...aboveThePipeline] },
  {
    path: 'core/observing.ts',
    mayImport: ['core/gateway', 'core/secrets', 'core/providers/shared', ...aboveThePipeline]
  },
  {
    path: 'core/daemon.ts',
    mayImport: [
      'core/spending.ts',
      'core/observing.ts',
      'core/knowledge.ts',
      'core/gateway',
      'core/store',
      'core/secrets',
      'core/settings',
      'core/providers/*',
      ...aboveThePipeline
    ]
  },
  // an entry: the only room that may import the composition root
  {
    path: 'core/cli',
    mayImport: ['core/daemon.ts', 'core/settings', 'core/store', 'core/inference', 'core/mcp', ...base]
  },

  { path: 'main', mayImport: ['core/contract', 'core/errors'] },
  { path: 'preload', mayImport: ['core/contract'] },

  { path: 'renderer/client', mayImport: ['core/contract'] },
  { path: 'renderer/components', mayImport: ['core/contract'] },
  // a screen never imports another
  { path: 'renderer/features/*', mayImport: ['renderer/components', 'renderer/client', 'core/contract'] },
  {
    path: 'renderer',
    mayImport: ['renderer/features/*', 'renderer/components', 'renderer/client', 'core/contract']
  }
]

/** Packages that have one home. `electron` above all: core runs without it. */
export const packageHomes: Readonly<Record<string, readonly string[]>> = {
  electron: ['main', 'preload'],
  'better-sqlite3': ['core/store'],
  'sqlite-vec': ['core/store'],
  '@parcel/watcher': ['core/vault'],
  unpdf: ['core/vault'],
  htmlparser2: ['core/vault'],
  ignore: ['core/vault'],
  '@modelcontextprotocol/server': ['core/mcp'],
  'node-llama-cpp': ['core/inference'],
  '@napi-rs/keyring': ['core/secrets'],
  undici: ['core/providers', 'core/inference'],
  '@huggingface/hub': ['core/inference'],
  react: ['renderer'],
  'react-dom': ['renderer'],
  zustand: ['renderer']
}

/** Folders whose files never see Node: pages are sandboxed. */
export const withoutNode: readonly string[] = ['renderer', 'core/contract']

/** Everything that may stand at the top of the repository. A new entry is a decision, made here. */
export const topLevelEntries: readonly string[] = [
  '.ci',
  '.github',
  '.gitignore',
  '.npmrc',
  'CHANGELOG.md',
  'CONTRIBUTING.md',
  'LICENSE',
  'README.md',
  'biome.json',
  'core',
  'docs',
  'electron-builder.yml',
  'electron.config.ts',
  'main',
  'package-lock.json',
  'package.json',
  'playwright.config.ts',
  'preload',
  'renderer',
  'resources',
  'test',
  'tsconfig.json',
  'vitest.config.ts'
]

/** Past this many lines a file holds a second thing. A test file may list some more cases. */
export const longestFile = 400
export const longestTest = 500
