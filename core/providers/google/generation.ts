/**
 * The generation a Gemini model's name tells: 2.5, 3, 3.1. The names that follow the newest (`gemini-flash-latest`) count
 * as later than all; 0 for models that are no Gemini (Gemma) or do not say.
 */
export function generationOf(model: string): number {
  const name = model.slice(model.lastIndexOf('/') + 1)
  if (/^gemini-(pro|flash|flash-lite)-latest$/.test(name)) return Number.POSITIVE_INFINITY
  return Number(/^gemini-(\d+(?:\.\d+)?)/.exec(name)?.[1] ?? 0)
}

/** Demands signatures on function calls, thinks by levels, and takes tools and JSON output together. */
export const isGemini3 = (model: string): boolean => generationOf(model) >= 3
