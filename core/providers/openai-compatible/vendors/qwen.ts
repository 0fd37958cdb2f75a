import type { VendorRow } from '../vendor-row.ts'

/** https://www.alibabacloud.com/help/en/model-studio/compatibility-of-openai-with-dashscope */
export const qwen: VendorRow = {
  kind: 'qwen',
  label: 'Qwen (Alibaba Model Studio)',
  defaultBaseUrl: 'https://dashscope-intl.aliyuncs.com/compatible-mode/v1',
  needsKey: true,
  quirks: {
    renames: { max_completion_tokens: 'max_tokens' },
    developerRole: false,
    nullContent: false,
    reasoning: 'enable_thinking',
    documents: 'none'
  }
}
