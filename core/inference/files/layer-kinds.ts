/**
 * What headers leave unsaid about the layers of an architecture. Source: `load_hparams` in llama-model.cpp of
 * ggml-org/llama.cpp.
 */

/** One layer in so many looks back to the beginning, the others through a window. What is not here has no windows. */
const windowPeriods: Readonly<Record<string, number>> = {
  afmoe: 4,
  cohere2: 4,
  exaone4: 4,
  'exaone-moe': 4,
  gemma2: 2,
  gemma3: 6,
  gemma3n: 5,
  'gemma-embedding': 6,
  'gpt-oss': 2,
  llama4: 4,
  'modern-bert': 3,
  olmo2: 4,
  plamo3: 8,
  smallthinker: 4
}
/** Where it is the first of each group rather than the last. */
const looksBackFirst = new Set(['modern-bert', 'smallthinker'])

/** Whether a layer looks back through a window; `period` is the header's own word on it, if it has one. */
export function isWindowed(architecture: string, layer: number, period: number | null): boolean {
  const known = period ?? windowPeriods[architecture] ?? 1
  if (known === 0) return true
  return looksBackFirst.has(architecture) ? layer % known !== 0 : layer % known < known - 1
}

const recurrent = new Set(['arwkv7', 'mamba', 'mamba2', 'rwkv6', 'rwkv6qwen2', 'rwkv7'])
const recurrentBesides = new Set(['falcon-h1'])
const recurrentMostly = new Set(['qwen35', 'qwen35moe', 'qwen3next'])

/** Whether a layer keeps a state of its own and no tokens; `period`: one layer in so many keeps tokens. */
export function hasStateOnly(architecture: string, layer: number, period: number | null): boolean {
  if (recurrent.has(architecture)) return true
  return recurrentMostly.has(architecture) && (layer + 1) % Math.max(1, period ?? 4) !== 0
}

/** Whether a layer keeps a state, beside tokens or instead of them. */
export function keepsState(architecture: string, layer: number, period: number | null): boolean {
  return recurrentBesides.has(architecture) || hasStateOnly(architecture, layer, period)
}
