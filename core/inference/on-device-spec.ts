import type { CatalogModel, Download, FoundRepo, OfferedFile, StartDownload } from '../contract/downloads.ts'
import type {
  EngineStatus,
  LocalModel,
  LocalModelDetails,
  LocalModelSettings
} from '../contract/local-models.ts'
import type { ModelProvider } from '../providers/spec/provider.ts'

/** The model files of this machine, and how each is run. All throw `not-found` for an id that is none. */
export interface LocalModelList {
  /** All files, also those that cannot be used, as they are on disk now. */
  list(): Promise<LocalModel[]>
  details(id: string): Promise<LocalModelDetails>
  /** Adds a file by its full path. Throws `bad-request`, or `model-broken` for a file that fails its check. */
  add(path: string): Promise<LocalModel>
  /**
   * Forgets a model added by its path, or deletes the file of one in the models folder. Throws `conflict` for the other
   * two pairs, and for a file of another program.
   */
  remove(id: string, options: { deleteFile: boolean }): Promise<void>
  saveSettings(id: string, settings: LocalModelSettings): Promise<LocalModel>
  load(id: string, signal: AbortSignal): Promise<LocalModel>
  unload(id: string): Promise<LocalModel>
  calibrate(id: string, signal: AbortSignal): Promise<LocalModel>
}

/** Models that could be had. `search` and `repoFiles` ask the hub; the catalog asks nobody. */
export interface ModelCatalog {
  list(): Promise<CatalogModel[]>
  search(query: string): Promise<FoundRepo[]>
  repoFiles(repo: string, revision: string): Promise<OfferedFile[]>
}

/** Models on their way. */
export interface Downloads {
  list(): Download[]
  /** Goes on with a download of the same file, where there is one. Throws `conflict` when it is here already. */
  start(wanted: StartDownload): Promise<Download>
  setPaused(id: string, paused: boolean): Promise<Download>
  remove(id: string): Promise<void>
}

/** The person's account at the hub. */
export interface ModelHub {
  status(): Promise<{ hasToken: boolean }>
  setToken(token: string | null): Promise<{ hasToken: boolean }>
}

/** Models that run on this machine: the provider that answers with them, and all about their files. */
export interface OnDevice {
  readonly provider: ModelProvider
  readonly models: LocalModelList
  readonly catalog: ModelCatalog
  readonly downloads: Downloads
  readonly hub: ModelHub
  readonly modelsDir: string
  status(): Promise<EngineStatus>
  /** What the engine computes on; null until it ran once. */
  backend(): string | null
  /** To be called after the settings of on-device models changed. */
  settingsChanged(): void
  /** Ends the engine's process and whatever is on its way. */
  close(): Promise<void>
}
