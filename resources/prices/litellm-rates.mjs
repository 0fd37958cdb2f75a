// What LiteLLM's file says of one model, in our terms and still in USD. Its rates are for one token.
const million = 1e6

/** Rates with a suffix of LiteLLM's (`_above_200k_tokens`, `_flex`); null where it has no price for input there. */
export function tokenRates(entry, suffix = '') {
  const per = (name) => (entry[name + suffix] === undefined ? undefined : entry[name + suffix] * million)
  const input = per('input_cost_per_token')
  if (input === undefined) return null
  return {
    input,
    output: per('output_cost_per_token'),
    cacheRead: per('cache_read_input_token_cost'),
    cacheWrite5m: per('cache_creation_input_token_cost'),
    inputAudio: per('input_cost_per_audio_token'),
    audioCacheRead: per('cache_read_input_audio_token_cost'),
    inputImage: per('input_cost_per_image_token'),
    outputAudio: per('output_cost_per_audio_token'),
    outputImage: per('output_cost_per_image_token'),
    reasoning: per('output_cost_per_reasoning_token')
  }
}

/** `[{above, rates}]` for the sizes of prompts that cost more, in a tier or in none (''). */
export function stepsOf(entry, tier = '') {
  const named = Object.keys(entry).flatMap((key) => {
    const [, thousands, suffix] = /^input_cost_per_token_above_(\d+)k_tokens(.*)$/.exec(key) ?? []
    return thousands === undefined || suffix !== tier ? [] : [Number(thousands)]
  })
  const steps = named.map((thousands) => ({
    above: thousands * 1000,
    rates: tokenRates(entry, `_above_${thousands}k_tokens${tier}`)
  }))
  if (tier !== '' || steps.length > 0 || !entry.tiered_pricing) return steps
  return entry.tiered_pricing.flatMap((range) =>
    range.range?.[0] > 0 ? [{ above: range.range[0], rates: tokenRates(range) }] : []
  )
}

/** The lowest range, where all prices are by the size of the prompt. */
export const baseRates = (entry) =>
  tokenRates(entry) ?? (entry.tiered_pricing?.[0] ? tokenRates(entry.tiered_pricing[0]) : null)

/** What is charged by the piece, in USD. */
export function unitsOf(entry, vendor) {
  const searches = entry.search_context_cost_per_query
  const ofMode = (mode, price) => (entry.mode === mode ? price : undefined)
  const makesTokens = entry.output_cost_per_image_token !== undefined
  return {
    // OpenAI's models for search search in every call, unless told otherwise with the middle one of three contexts;
    // Perplexity's with the smallest, but for one that counts its searches
    request: /search-preview/.test(entry.name)
      ? searches?.search_context_size_medium
      : /^sonar(?!-deep)/.test(entry.name)
        ? searches?.search_context_size_low
        : undefined,
    ...(/^sonar(?!-deep)/.test(entry.name) && {
      requestMediumContext: searches?.search_context_size_medium,
      requestHighContext: searches?.search_context_size_high
    }),
    webSearch: /^sonar-deep/.test(entry.name) ? searches?.search_context_size_medium : undefined,
    searchUnit: vendor === 'cohere' ? ofMode('rerank', entry.input_cost_per_query) : undefined,
    image: makesTokens
      ? undefined
      : ofMode('image_generation', entry.output_cost_per_image ?? entry.input_cost_per_image),
    second: ofMode('audio_transcription', entry.input_cost_per_second),
    millionCharacters:
      entry.input_cost_per_character && ofMode('audio_speech', entry.input_cost_per_character * million)
  }
}
