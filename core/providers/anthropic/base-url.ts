import { normalizeBaseUrl } from '../shared/base-url.ts'

/**
 * The address below which `/v1/messages` stands, as Anthropic's own SDKs take it: `https://api.anthropic.com`, or
 * `https://api.example.com/anthropic` for others that speak the dialect. Throws as `normalizeBaseUrl` does.
 */
export function normalizeAnthropicUrl(input: string): string {
  const bare = input.trim().replace(/\/messages\/?$/, '')
  return normalizeBaseUrl(bare).replace(/\/v1$/, '')
}
