import type { CatalogModel, OfferedFile } from '../../contract/downloads.ts'
import type { LocalModel, ModelFit } from '../../contract/local-models.ts'
import { HomeportError } from '../../errors/homeport-error.ts'
import { targetPath } from '../downloads/target-path.ts'
import type { ModelShape } from '../files/model-shape.ts'
import type { HubHttp } from '../hub/hub-http.ts'
import type { ModelCatalog } from '../on-device-spec.ts'
import { approximateShape, bitsPerWeight } from './approximate-shape.ts'
import { type CatalogEntry, type CatalogFile, readCatalogFile } from './catalog-file.ts'
import { listRepoFiles, searchHub } from './hub-search.ts'
import { modelsOf, type RepoModel } from './repo-models.ts'

/** A model that is not here yet, as far as it is known. */
export interface OfferedModel {
  kind: LocalModel['kind']
  shape: ModelShape | null
  contextTokens: number | null
}

export interface OnDeviceCatalogOptions {
  http: HubHttp
  hub: () => URL
  modelsDir: string
  /** How a model would do on this machine. */
  fitOf: (model: OfferedModel) => ModelFit | Promise<ModelFit>
  /** The model of this machine that has its file, or first part, at this path. */
  idOfPath: (path: string) => string | null
  read?: () => CatalogFile
}

/** The built-in catalog and what can be found at the hub, and how each file would do on this machine. */
export interface OnDeviceCatalog extends ModelCatalog {
  /** SHA-256 of a file in the catalog, in hex; null where it is not known. */
  knownSha256(repo: string, file: string): string | null
}

export function createOnDeviceCatalog(options: OnDeviceCatalogOptions): OnDeviceCatalog {
  const { modelsDir, fitOf, idOfPath, read = readCatalogFile } = options
  let catalog: CatalogFile | null = null
  const entries = (): CatalogEntry[] => {
    catalog ??= read()
    return catalog.models
  }

  const installedAs = (repo: string, file: string): string | null => {
    try {
      return idOfPath(targetPath(modelsDir, repo, file))
    } catch (error) {
      // no model could be called this, so none is
      if (error instanceof HomeportError) return null
      throw error
    }
  }

  const offer = async (
    repo: string,
    { file, quantization, sizeBytes, sha256 }: RepoModel,
    model: { kind: LocalModel['kind']; parameters: number; contextTokens: number | null }
  ): Promise<OfferedFile> => ({
    file,
    quantization,
    sizeBytes,
    sha256,
    fit: await fitOf({
      kind: model.kind,
      shape: approximateShape(model.kind, sizeBytes, model.parameters),
      contextTokens: model.contextTokens
    }),
    installedAs: installedAs(repo, file)
  })

  const describe = async ({ files, ...entry }: CatalogEntry): Promise<CatalogModel> => ({
    ...entry,
    // what is downloaded is the part that reads and writes
    abilities: { ...entry.abilities, vision: false },
    files: await Promise.all(
      files.map(async ({ approximate, ...file }) => ({
        ...(await offer(entry.repo, file, entry)),
        sizeIsApproximate: approximate
      }))
    )
  })

  return {
    list: () => Promise.all(entries().map(describe)),
    search: (query) => searchHub(query, options),

    async repoFiles(repo, revision) {
      const known = entries().find((entry) => entry.repo === repo)
      const models = modelsOf(await listRepoFiles(repo, revision, options))
      return Promise.all(
        models.map((model) => {
          const guessed = ((model.sizeBytes ?? 0) * 8) / bitsPerWeight(model.quantization)
          return offer(repo, model, {
            kind: known?.kind ?? kindOf(repo),
            parameters: known?.parameters ?? guessed,
            contextTokens: known?.contextTokens ?? null
          })
        })
      )
    },

    knownSha256: (repo, file) =>
      entries()
        .find((entry) => entry.repo === repo && entry.files.some((known) => known.file === file))
        ?.files.find((known) => known.file === file)?.sha256 ?? null
  }
}

/** What a repository that is not in the catalog is for, by its name. */
function kindOf(repo: string): LocalModel['kind'] {
  if (/rerank/i.test(repo)) return 'rerank'
  return /embed|\bbge\b|\bgte\b|\be5\b|minilm/i.test(repo) ? 'embedding' : 'chat'
}
