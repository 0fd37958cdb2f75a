import { partNames } from '../downloads/part-names.ts'
import { isModelName } from '../files/model-files.ts'

/** A file as the hub lists it. */
export interface ListedFile {
  path: string
  sizeBytes: number | null
  /** In hex. */
  sha256: string | null
}

/** A model of a repository: a file, or the parts of a split one as one. */
export interface RepoModel {
  /** Of a split model, its first part. */
  file: string
  quantization: string | null
  /** All parts together. */
  sizeBytes: number | null
  /** Of a model in one file. */
  sha256: string | null
}

/** Files beside a model that are none: eyes, what quantising was steered by, and guessers that only its own engine knows. */
const COMPANION = /(^|[-_.])(mmproj|imatrix|mtp|assistant)([-_.]|$)/i
const QUANTIZATION =
  /(?:^|[-_.])((?:UD-)?(?:I?Q\d(?:_K)?(?:_[A-Z0-9]{1,3})*|TQ\d_0|MXFP4(?:_MOE)?|NVFP4|BF16|F16|FP16|F32))(?=[-_.]|$)/i

/** The models among a repository's files, smallest first. A split model that lacks a part is none. */
export function modelsOf(files: readonly ListedFile[]): RepoModel[] {
  const byPath = new Map(files.map((file) => [file.path, file]))
  const models = files.flatMap(({ path }): RepoModel[] => {
    const name = path.slice(path.lastIndexOf('/') + 1)
    if (!isModelName(name) || COMPANION.test(name.replace(/\.gguf$/i, ''))) return []
    const parts = partsOf(path).map((part) => byPath.get(part))
    if (!parts.every((part) => part !== undefined)) return []
    return [
      {
        file: path,
        quantization: quantizationOf(path),
        sizeBytes: parts.reduce<number | null>(
          (sum, { sizeBytes }) => (sum === null || sizeBytes === null ? null : sum + sizeBytes),
          0
        ),
        sha256: parts.length === 1 ? (parts[0]?.sha256 ?? null) : null
      }
    ]
  })
  return models.sort(
    (a, b) => (a.sizeBytes ?? Infinity) - (b.sizeBytes ?? Infinity) || (a.file < b.file ? -1 : 1)
  )
}

/** `Q4_K_M` of `model-Q4_K_M-00001-of-00002.gguf`; null when the name does not say. */
export function quantizationOf(path: string): string | null {
  const stem = path.slice(path.lastIndexOf('/') + 1).replace(/(-\d{5}-of-\d{5})?\.gguf$/i, '')
  return (
    QUANTIZATION.exec(stem)?.[1]
      ?.toUpperCase()
      .replace(/^FP16$/, 'F16') ?? null
  )
}

/** None for more parts than a model can have. */
function partsOf(path: string): string[] {
  try {
    return partNames(path)
  } catch {
    return ['']
  }
}
