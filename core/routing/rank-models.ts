import type { ModelProvider, ProviderModel } from '../providers/spec/provider.ts'
import { nanoUsd, type PriceOf, usageOf } from './strategies.ts'

/** A model that somebody can be asked for, and what an ordinary call to it costs. */
export interface RankedModel {
  address: string
  provider: ModelProvider
  model: string
  /** As the provider lists it. */
  listed: ProviderModel
  /** In nano-USD; 0 on this machine, infinite where nobody knows. */
  cost: number
}

/** An ordinary call: about a page in, half a page out. */
const ordinaryCall = usageOf(1000, 500)

/** What an ordinary call may cost, in nano-USD, before somebody has to ask for such a model by its name: 6 cents. */
const DEAREST = 60_000_000

/** Models that do not chat, by what vendors call them. */
const otherPurpose = new RegExp(
  [
    'embed|(^|[/_-])(bge|gte|e5)-|rerank|moderation|guard|safety|detector|ocr|aqa|computer-use',
    'whisper|transcribe|asr|tts|speech|audio|realtime|livetranslate|orpheus|lyria',
    'dall-e|image|imagen|imagine|flux|stable-?diffusion|veo|sora|video|cosmos',
    'deep-research|search-(api|preview)|(^|/)(davinci|babbage)'
  ].join('|'),
  'i'
)

/** Models whose price says nothing of what they can do any more: they were the best of years past. */
const outdated = /(^|\/)(gpt-3\.5|gpt-4(-\d{4}|-32k|-turbo|$)|claude-(2|instant|3-opus)|gemini-1)/i

/**
 * Proposals for the aliases that everyone knows, out of what a person has. `local`: the models of this machine. `fast`:
 * those, then the cheapest. `best`: the dearest first, since vendors price their models by what they can do, then those
 * without a known price, then this machine's; neither outdated ones nor those whose ordinary call costs more than 6 cents.
 */
export function proposeTargets(
  alias: 'fast' | 'best' | 'local',
  providers: Iterable<ModelProvider>,
  price: PriceOf
): RankedModel[] {
  const models = [...providers]
    .filter(({ quotesPassages }) => !quotesPassages)
    .flatMap((provider) =>
      provider.listModels().flatMap((listed): RankedModel[] => {
        const { id } = listed
        if ((listed.kind ?? 'chat') !== 'chat' || otherPurpose.test(id)) return []
        const cost = nanoUsd(price(provider.pricing, id, ordinaryCall))
        return [{ address: `${provider.id}/${id}`, provider, model: id, listed, cost }]
      })
    )
  const here = models.filter(({ provider }) => provider.onDevice)
  if (alias === 'local') return here
  const elsewhere = models.filter(({ provider }) => !provider.onDevice)
  const known = elsewhere.filter(({ cost }) => Number.isFinite(cost))
  const unknown = elsewhere.filter(({ cost }) => !Number.isFinite(cost))
  if (alias === 'fast') return [...here, ...known.sort((a, b) => a.cost - b.cost), ...unknown]
  const best = known.filter(({ model, cost }) => cost <= DEAREST && !outdated.test(model))
  return [...best.sort((a, b) => b.cost - a.cost), ...unknown, ...here]
}
