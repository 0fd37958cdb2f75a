import type { OfferedFile } from '../contract/downloads.ts'
import { HomeportError } from '../errors/homeport-error.ts'
import { size } from './amounts.ts'
import type { Connection } from './connect.ts'
import { closestName } from './local-model-id.ts'

/** A model as it is named to `model pull`. */
export interface WantedModel {
  /** `owner/name`, or a model of the catalog. */
  name: string
  isRepo: boolean
  quantization: string | null
  /** Path in the repository. */
  file: string | null
  revision: string
}

/** The file to download, and how it would do here. */
export interface FoundFile {
  repo: string
  revision: string
  offered: OfferedFile
}

/** `ID[:QUANT]`, `OWNER/REPO[:QUANT]`, `OWNER/REPO/FILE`, or the address of any of the last two at Hugging Face. */
export function readWanted(typed: string, revision = 'main'): WantedModel {
  const address = typed
    .replace(/^(https?:\/\/)?(www\.)?(huggingface\.co|hf\.co)\//, '')
    .replace(/[?#].*$/, '')
  const [owner = '', repo, ...rest] = address.split('/').filter((part) => part !== '')
  if (repo === undefined) return { ...splitQuantization(owner), isRepo: false, file: null, revision }
  const { name, quantization } = splitQuantization(repo)
  const wanted = { name: `${owner}/${name}`, isRepo: true, quantization }
  const isPage = rest.length > 1 && /^(blob|resolve|tree)$/.test(rest[0] ?? '')
  const file = (isPage ? rest.slice(2) : rest).map(decoded).join('/')
  return { ...wanted, file: file === '' ? null : file, revision: isPage ? (rest[1] ?? revision) : revision }
}

/** Part of an address; what is no encoding is a name that has a percent sign. */
function decoded(part: string): string {
  try {
    return decodeURIComponent(part)
  } catch {
    return part
  }
}

function splitQuantization(word: string): Pick<WantedModel, 'name' | 'quantization'> {
  const at = word.lastIndexOf(':')
  return at < 1
    ? { name: word, quantization: null }
    : { name: word.slice(0, at), quantization: word.slice(at + 1) }
}

/**
 * Finds the file that is wanted, in the catalog or, for a repository that is not in it, at Hugging Face. Throws
 * `not-found`, naming what there is, and `conflict` when nothing was named and nothing fits this machine.
 */
export async function findWanted(connection: Connection, wanted: WantedModel): Promise<FoundFile> {
  const { models } = await connection.invoke('GET /app/catalog')
  const { name, isRepo, revision } = wanted
  const known = models.find((model) => (isRepo ? model.repo : model.id).toLowerCase() === name.toLowerCase())
  if (!known && !isRepo) {
    throw unknownName(
      name,
      models.map(({ id }) => id)
    )
  }
  if (known && revision === 'main') {
    const offered = pick(known.files, wanted)
    if (offered) return { repo: known.repo, revision, offered }
    if (wanted.file === null && wanted.quantization === null) throw nothingToPick(wanted, known.files)
  }
  const repo = known?.repo ?? name
  const { files } = await connection.invoke('GET /app/model-search/files', { query: { repo, revision } })
  const offered = pick(files, wanted)
  if (offered) return { repo, revision, offered }
  throw nothingToPick(wanted, files)
}

/** Numbers that were not quantised: twice the size of eight bits, for nothing that anybody notices. */
const full = /^(F|BF)(16|32)$/i
/** With less than four bits answers get noticeably worse. */
const fourBits = /^(UD-)?(I?Q[4-8]|MXFP4)/i

/**
 * The file that was named, else the one to suggest of those that fit this machine, as the window does: on a GPU the largest
 * that fits on it, otherwise the smallest that keeps its quality. Null where there is none. `files` are smallest first.
 */
export function pick(
  files: readonly OfferedFile[],
  { file, quantization }: Pick<WantedModel, 'file' | 'quantization'>
): OfferedFile | null {
  if (file !== null) return files.find((each) => each.file === file) ?? null
  if (quantization !== null) return files.find((each) => isQuantized(each, quantization)) ?? null
  const fitting = files.filter(({ fit }) => fit.verdict !== 'no')
  const quantized = fitting.filter((each) => !full.test(each.quantization ?? ''))
  const among = quantized.length > 0 ? quantized : fitting
  return (
    among.findLast(({ fit }) => fit.verdict === 'gpu') ??
    among.find((each) => fourBits.test(each.quantization ?? '')) ??
    among[0] ??
    null
  )
}

/** Unsloth marks those of its own recipe with `UD-`: they stand for the plain ones. */
const isQuantized = ({ quantization }: OfferedFile, name: string): boolean =>
  [name, `UD-${name}`].some((each) => each.toLowerCase() === quantization?.toLowerCase())

function nothingToPick({ name, file, quantization }: WantedModel, files: readonly OfferedFile[]) {
  const [smallest] = files
  if (!smallest) return new HomeportError('not-found', `There are no GGUF files in ${name}`)
  if (file !== null) {
    const near = closestName(
      file,
      files.map((each) => each.file)
    )
    return new HomeportError('not-found', `There is no file "${file}" in ${name}`, {
      action: near === null ? `See them with: homeport model search ${name}` : `Did you mean ${near}?`
    })
  }
  const there = [...new Set(files.flatMap((each) => each.quantization ?? []))].join(', ')
  if (quantization !== null) {
    return new HomeportError('not-found', `${name} is not there as ${quantization}`, {
      action: `It is as: ${there}`
    })
  }
  const needs = smallest.fit.memoryBytes ?? smallest.sizeBytes
  const words = needs === null ? '' : `: the smallest needs ${size(needs)}`
  return new HomeportError('conflict', `No file of ${name} fits this machine${words}`, {
    action: `See what does with: homeport model catalog --fits. Or say which one you want all the same: ${name}:${smallest.quantization ?? 'QUANT'}`
  })
}

function unknownName(name: string, ids: readonly string[]): HomeportError {
  const near = closestName(name, ids)
  return new HomeportError('not-found', `There is no model "${name}" in the catalog`, {
    action:
      near === null
        ? 'See them with: homeport model catalog. Others are named OWNER/REPOSITORY'
        : `Did you mean ${near}?`
  })
}
