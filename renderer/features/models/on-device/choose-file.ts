import type { CatalogModel, OfferedFile } from '../../../../core/contract/downloads.ts'

/** On a processor, larger files than this answer slower than most people read. */
const QUICK_ON_CPU_BYTES = 4_000_000_000

/** Numbers that were not quantised: twice the size of eight bits, for nothing that anybody notices. */
const FULL = /^(F|BF)(16|32)$/i
/** Four bits or more; with less, answers get noticeably worse. */
const FOUR_BITS = /^(UD-)?(I?Q[4-8]|MXFP4|F16|BF16|F32)/i

/** The file to suggest: on a GPU the largest that fits on it, otherwise the smallest that keeps its quality. Smallest first. */
export function recommendFile(files: readonly OfferedFile[]): OfferedFile | null {
  const sensible = files.filter(({ quantization }) => !FULL.test(quantization ?? ''))
  const among = sensible.length > 0 ? sensible : files
  const onGpu = among.filter(({ fit }) => fit.verdict === 'gpu').at(-1)
  if (onGpu) return onGpu
  const runs = among.filter(({ fit }) => fit.verdict === 'partly' || fit.verdict === 'cpu')
  return runs.find(({ quantization }) => FOUR_BITS.test(quantization ?? '')) ?? runs[0] ?? among[0] ?? null
}

/** How comfortably a file runs here: 0 best. */
export function comfort({ fit, sizeBytes }: OfferedFile): number {
  switch (fit.verdict) {
    case 'gpu':
      return 0
    case 'partly':
    case 'cpu':
      return sizeBytes !== null && sizeBytes <= QUICK_ON_CPU_BYTES ? 1 : 2
    case 'unknown':
      return 3
    default:
      return 4
  }
}

const kindOrder: Record<CatalogModel['kind'], number> = { chat: 0, embedding: 1, rerank: 2 }

/**
 * How much a model is likely to be able to, to be compared with others of its kind. Small models have caught up with ones
 * twice their size in less than a year, so eight months count as much as that.
 */
function ability({ parameters, releasedAt }: CatalogModel): number {
  const months = Date.parse(releasedAt) / (30.4 * 24 * 3_600_000)
  return Math.log2(Math.max(parameters, 1)) + (Number.isNaN(months) ? 0 : months / 8)
}

/** Models by how comfortably they run here; of those that run well the most able first, of the others the lightest. */
export function sortByComfort(models: readonly CatalogModel[]): CatalogModel[] {
  const ranked = models.map((model) => {
    const file = recommendFile(model.files)
    return { model, rank: file === null ? 5 : comfort(file) }
  })
  return ranked
    .sort(
      (a, b) =>
        a.rank - b.rank ||
        kindOrder[a.model.kind] - kindOrder[b.model.kind] ||
        (a.rank <= 1 ? ability(b.model) - ability(a.model) : a.model.parameters - b.model.parameters)
    )
    .map(({ model }) => model)
}

/** A first download that takes minutes, not an evening. */
const FIRST_DOWNLOAD_BYTES = 5_500_000_000

/** Chat models to begin with on this machine, best first: those soon here, if there are any; none that does not fit. */
export function firstModelsFor(
  models: readonly CatalogModel[],
  most: number
): { model: CatalogModel; file: OfferedFile }[] {
  const chat = models.filter(({ kind }) => kind === 'chat')
  const quick = chat.map((model) => ({
    ...model,
    files: model.files.filter(({ sizeBytes }) => (sizeBytes ?? Infinity) <= FIRST_DOWNLOAD_BYTES)
  }))
  const offers = fitting(quick)
  return (offers.length > 0 ? offers : fitting(chat)).slice(0, most)
}

function fitting(models: readonly CatalogModel[]): { model: CatalogModel; file: OfferedFile }[] {
  return sortByComfort(models).flatMap((model) => {
    const file = recommendFile(model.files)
    return file && file.fit.verdict !== 'no' ? [{ model, file }] : []
  })
}
