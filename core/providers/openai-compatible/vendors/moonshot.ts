import type { VendorRow } from '../vendor-row.ts'

/** https://platform.moonshot.ai/docs: its thinking models refuse a tool call without the reasoning before it. */
export const moonshot: VendorRow = {
  kind: 'moonshot',
  label: 'Moonshot',
  defaultBaseUrl: 'https://api.moonshot.ai/v1',
  needsKey: true,
  quirks: {
    refuses: ['tools.strict'],
    developerRole: false,
    toolChoice: 'auto-or-none',
    prefill: 'partial',
    reasoning: 'thinking',
    replay: 'with-tool-calls',
    imageUrls: false,
    documents: 'none',
    audio: false
  }
}
