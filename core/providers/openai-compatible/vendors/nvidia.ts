import type { VendorRow } from '../vendor-row.ts'

/** https://docs.api.nvidia.com/nim/reference */
export const nvidia: VendorRow = {
  kind: 'nvidia',
  label: 'NVIDIA NIM',
  defaultBaseUrl: 'https://integrate.api.nvidia.com/v1',
  needsKey: true,
  quirks: {
    renames: { max_completion_tokens: 'max_tokens' },
    developerRole: false,
    efforts: { minimal: 'low', xhigh: 'high' },
    documents: 'none',
    audio: false
  }
}
