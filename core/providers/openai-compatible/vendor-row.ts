import type { ChatQuirks } from '../shared/openai-chat/vendor.ts'
import type { ProviderOption } from '../spec/provider.ts'

/** A vendor that speaks OpenAI's chat completions, and how it differs from the others. */
export interface VendorRow {
  readonly kind: string
  readonly label: string
  readonly defaultBaseUrl: string | null
  readonly needsKey: boolean
  readonly quirks?: Partial<ChatQuirks>
  /** Whether it has `/rerank` beside OpenAI's own operations. */
  readonly rerank?: boolean
  readonly options?: readonly ProviderOption[]
  /** Options whose value is sent as a header, by the header's name. */
  readonly optionHeaders?: Readonly<Record<string, string>>
}
