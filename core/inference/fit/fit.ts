import type { LocalModel, LocalModelSettings, ModelFit } from '../../contract/local-models.ts'
import type { ModelShape } from '../files/model-shape.ts'
import { CHAT_BATCH_TOKENS, estimateMemory, type MemoryEstimate } from './estimate-memory.ts'
import type { MemoryBudget } from './memory-budget.ts'

/** What fit needs to know of a model. */
export interface FitModel {
  kind: LocalModel['kind']
  shape: ModelShape | null
  /** What it was trained for. */
  contextTokens: number | null
}

export type FitSettings = Pick<
  LocalModelSettings,
  'contextTokens' | 'parallel' | 'gpuLayers' | 'kvCache' | 'flashAttention'
>

/** How a model would be run here, beside how it fits. */
export type PlacedFit = ModelFit & {
  /** Conversations answered at once. */
  parallel: number
}

const LEAST_CONTEXT = 2_048
/** Enough for most; up to it a model may take all there is. */
const USUAL_CONTEXT = 8_192
/** On the GPU so little is better than more beside it: computing in two places is many times slower. */
const LEAST_CONTEXT_ON_GPU = 4_096
/** What is chosen at most, unless the person chooses: a cache is reserved whole, used or not. */
const MOST_CONTEXT = 32_768
/** The same for models that read a text as a whole: what they compute in grows with it. */
const MOST_INPUT = 4_096
/** Where the header does not say. */
const TRAINED_CONTEXT = 4_096
/** Beyond the usual context, and for more than one conversation, half of the room is left to other models. */
const GENEROUS_SHARE = 0.5

type Estimate = (contextTokens: number, parallel: number, gpuLayers: number) => MemoryEstimate
interface Place {
  verdict: ModelFit['verdict']
  contextTokens: number
  gpuLayers: number
}

/**
 * Whether and how a model fits, with what the person set and, where nothing is set, with what is best here: all of it on
 * the GPU if that can be, else as many layers as go there, else none. `no` is meant: even with the smallest context it
 * takes more than there is.
 */
export function fitOf(model: FitModel, budget: MemoryBudget, settings: FitSettings): PlacedFit {
  const { shape } = model
  if (shape === null || shape.layers.length === 0 || shape.embeddingLength === 0) return unknownFit
  const { kvCache, flashAttention } = settings
  const isChat = model.kind === 'chat'
  const estimate: Estimate = (contextTokens, parallel, gpuLayers) =>
    estimateMemory(shape, {
      contextTokens,
      parallel,
      batchTokens: isChat ? CHAT_BATCH_TOKENS : contextTokens,
      gpuLayers,
      kvCache,
      flashAttention: flashAttention ?? true
    })
  const sizes = contextSizes(model.contextTokens ?? TRAINED_CONTEXT)
  const allLayers = shape.layers.length + 1
  const most = isChat ? MOST_CONTEXT : MOST_INPUT
  const place = choosePlace(estimate, budget, settings, {
    sizes: sizes.filter((size, index) => index === 0 || size <= most),
    allLayers
  })
  const parallel = settings.parallel ?? (isChat ? chooseParallel(estimate, budget, place) : 1)
  const bytesAt = (contextTokens: number) => estimate(contextTokens, parallel, place.gpuLayers).total
  return {
    verdict: place.verdict,
    contextTokens: place.contextTokens,
    memoryBytes: bytesAt(place.contextTokens),
    gpuLayers: place.gpuLayers,
    layers: allLayers,
    perContext: sizes.map((contextTokens) => ({ contextTokens, memoryBytes: bytesAt(contextTokens) })),
    parallel
  }
}

function choosePlace(
  estimate: Estimate,
  budget: MemoryBudget,
  settings: FitSettings,
  { sizes, allLayers }: { sizes: number[]; allLayers: number }
): Place {
  const chosen = settings.contextTokens
  const contexts = chosen === null ? sizes.toReversed() : [chosen]
  const fits = (contextTokens: number, gpuLayers: number) =>
    isWithin(
      estimate(contextTokens, settings.parallel ?? 1, gpuLayers),
      budget,
      chosen === null && contextTokens > USUAL_CONTEXT ? GENEROUS_SHARE : 1
    )
  const largest = Math.max(...contexts)
  const atLeast = (least: number) => contexts.filter((size) => size >= Math.min(least, largest))
  const usual = contexts.filter((size) => chosen !== null || size <= USUAL_CONTEXT)

  const attempts: { contexts: number[]; gpuLayers: number[] }[] =
    settings.gpuLayers === null
      ? [
          { contexts: atLeast(LEAST_CONTEXT_ON_GPU), gpuLayers: [allLayers] },
          { contexts: usual, gpuLayers: downFrom(allLayers - 1) },
          { contexts, gpuLayers: [0] }
        ]
      : [{ contexts, gpuLayers: [Math.min(settings.gpuLayers, allLayers)] }]
  for (const attempt of attempts) {
    for (const contextTokens of attempt.contexts) {
      const gpuLayers = attempt.gpuLayers.find((layers) => fits(contextTokens, layers))
      if (gpuLayers === undefined) continue
      return { verdict: verdictOf(gpuLayers, allLayers), contextTokens, gpuLayers }
    }
  }
  const gpuLayers = Math.min(settings.gpuLayers ?? 0, allLayers)
  return { verdict: 'no', contextTokens: Math.min(...contexts), gpuLayers }
}

const verdictOf = (gpuLayers: number, allLayers: number) =>
  gpuLayers === 0 ? 'cpu' : gpuLayers === allLayers ? 'gpu' : 'partly'

function chooseParallel(estimate: Estimate, budget: MemoryBudget, place: Place): number {
  const fits = (parallel: number) =>
    isWithin(estimate(place.contextTokens, parallel, place.gpuLayers), budget, GENEROUS_SHARE)
  return [4, 2].find(fits) ?? 1
}

const isWithin = (takes: MemoryEstimate, budget: MemoryBudget, share: number) =>
  takes.system <= budget.system * share &&
  takes.gpu <= budget.gpu * share &&
  takes.total <= budget.total * share

/** Powers of two from the least, and what the model was trained for. */
function contextSizes(trained: number): number[] {
  const sizes: number[] = []
  for (let size = LEAST_CONTEXT; size < trained; size *= 2) sizes.push(size)
  return [...sizes, trained]
}

const downFrom = (layers: number) => Array.from({ length: layers }, (_, index) => layers - index)

const unknownFit: PlacedFit = {
  verdict: 'unknown',
  contextTokens: null,
  memoryBytes: null,
  gpuLayers: null,
  layers: null,
  perContext: [],
  parallel: 1
}
