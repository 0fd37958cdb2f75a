import type { VendorRow } from '../vendor-row.ts'

/** https://docs.fireworks.ai/guides/reasoning: models that interleave reasoning with tools read it again. */
export const fireworks: VendorRow = {
  kind: 'fireworks',
  label: 'Fireworks',
  defaultBaseUrl: 'https://api.fireworks.ai/inference/v1',
  needsKey: true,
  rerank: true,
  quirks: {
    efforts: { minimal: 'low' },
    replay: 'reasoning_content',
    documents: 'none',
    audio: false
  }
}
