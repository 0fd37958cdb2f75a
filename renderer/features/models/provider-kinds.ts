import type { ProviderKind } from '../../../core/contract/models.ts'

/** The kind for any server that speaks the OpenAI dialect, wherever it stands. */
const CUSTOM_KIND = 'openai-compatible'

export const isCustom = ({ kind }: ProviderKind): boolean => kind === CUSTOM_KIND

/** What the window calls a kind. */
export const kindName = (kind: ProviderKind): string => (isCustom(kind) ? 'Custom' : kind.label)

export interface KindGroup {
  label: string
  kinds: ProviderKind[]
}

/** Kinds whose name has these words: vendors, servers of this machine, and last the one for everything else. */
export function groupKinds(kinds: readonly ProviderKind[], search: string): KindGroup[] {
  const words = search.toLowerCase().split(/\s+/).filter(Boolean)
  const matches = (kind: ProviderKind): boolean => {
    const text = `${kind.kind} ${kindName(kind)} ${kind.label}`.toLowerCase()
    return words.every((word) => text.includes(word))
  }
  const found = kinds.filter(matches)
  const vendors = found.filter((kind) => !isCustom(kind) && !isLocal(kind)).sort(byUse)
  return [
    { label: 'With a key of yours', kinds: vendors },
    { label: 'On this machine or in your network', kinds: found.filter(isLocal) },
    { label: 'Anything else', kinds: found.filter(isCustom) }
  ].filter((group) => group.kinds.length > 0)
}

/** A server people run themselves: its usual address is this machine. */
export function isLocal({ defaultBaseUrl }: ProviderKind): boolean {
  return defaultBaseUrl !== null && /^https?:\/\/(127\.0\.0\.1|localhost)[:/]/.test(defaultBaseUrl)
}

/** Where a vendor's keys are made; null for a kind without such a page. */
export function keyPage({ kind }: ProviderKind): string | null {
  return keyPages[kind] ?? null
}

const keyPages: Record<string, string> = {
  openai: 'https://platform.openai.com/api-keys',
  anthropic: 'https://console.anthropic.com/settings/keys',
  google: 'https://aistudio.google.com/apikey',
  cohere: 'https://dashboard.cohere.com/api-keys',
  openrouter: 'https://openrouter.ai/settings/keys',
  groq: 'https://console.groq.com/keys',
  mistral: 'https://console.mistral.ai/api-keys',
  deepseek: 'https://platform.deepseek.com/api_keys',
  xai: 'https://console.x.ai',
  together: 'https://api.together.ai/settings/api-keys',
  fireworks: 'https://app.fireworks.ai/settings/users/api-keys',
  cerebras: 'https://cloud.cerebras.ai',
  perplexity: 'https://www.perplexity.ai/settings/api',
  moonshot: 'https://platform.moonshot.ai/console/api-keys',
  huggingface: 'https://huggingface.co/settings/tokens'
}

/** Vendors most people come with; the others follow by name. */
const usual = ['openai', 'anthropic', 'google', 'openrouter', 'mistral', 'groq', 'deepseek', 'xai', 'azure']

function byUse(a: ProviderKind, b: ProviderKind): number {
  const rank = ({ kind }: ProviderKind): number => (usual.includes(kind) ? usual.indexOf(kind) : usual.length)
  return rank(a) - rank(b) || a.label.localeCompare(b.label)
}
