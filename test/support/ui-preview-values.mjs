// What the preview's data is made of.
export const now = Date.now()
export const minute = 60_000
export const hour = 60 * minute
export const day = 24 * hour

export const usage = (input, cached, output) => ({
  input: { total: input, noCache: input - cached, cacheRead: cached, cacheWrite5m: 0, cacheWrite1h: 0 },
  output: { total: output, text: output, reasoning: 0 }
})
export const priced = (usd) => ({ kind: 'priced', nanoUsd: Math.round(usd * 1e9), source: 'models.dev' })
