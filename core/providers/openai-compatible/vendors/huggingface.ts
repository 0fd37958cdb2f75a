import type { VendorRow } from '../vendor-row.ts'

/** https://huggingface.co/docs/inference-providers: a router to many vendors. */
export const huggingface: VendorRow = {
  kind: 'huggingface',
  label: 'Hugging Face',
  defaultBaseUrl: 'https://router.huggingface.co/v1',
  needsKey: true,
  quirks: {
    documents: 'none',
    audio: false
  }
}
