import { type ChatQuirks, openaiQuirks } from '../shared/openai-chat/vendor.ts'
import type { VendorRow } from './vendor-row.ts'
import { cerebras } from './vendors/cerebras.ts'
import { custom } from './vendors/custom.ts'
import { deepseek } from './vendors/deepseek.ts'
import { fireworks } from './vendors/fireworks.ts'
import { githubCopilot } from './vendors/github-copilot.ts'
import { groq } from './vendors/groq.ts'
import { huggingface } from './vendors/huggingface.ts'
import { litellm } from './vendors/litellm.ts'
import { llamaCpp } from './vendors/llama-cpp.ts'
import { lmstudio } from './vendors/lmstudio.ts'
import { mistral } from './vendors/mistral.ts'
import { moonshot } from './vendors/moonshot.ts'
import { nvidia } from './vendors/nvidia.ts'
import { ollama } from './vendors/ollama.ts'
import { openrouter } from './vendors/openrouter.ts'
import { perplexity } from './vendors/perplexity.ts'
import { qwen } from './vendors/qwen.ts'
import { together } from './vendors/together.ts'
import { vllm } from './vendors/vllm.ts'
import { xai } from './vendors/xai.ts'
import { zai } from './vendors/zai.ts'

/** In the order in which they are offered. */
export const vendors: readonly VendorRow[] = [
  openrouter,
  mistral,
  groq,
  deepseek,
  xai,
  together,
  fireworks,
  cerebras,
  perplexity,
  moonshot,
  zai,
  qwen,
  nvidia,
  huggingface,
  githubCopilot,
  ollama,
  lmstudio,
  vllm,
  llamaCpp,
  litellm,
  custom
]

export const customKind = custom.kind

/** Hosts that are no row of their own here, but known all the same. */
const otherHosts: Readonly<Record<string, Partial<ChatQuirks>>> = {
  'api.openai.com': openaiQuirks,
  // Gemini in OpenAI's dialect, which signs tool calls: https://ai.google.dev/gemini-api/docs/openai
  'generativelanguage.googleapis.com': { replay: 'extra_content', refuses: ['top_k', 'min_p'] }
}

/** What is known of the server at a host, whichever row it was added by. A server of this machine could be any. */
export function quirksOfHost(hostname: string): Partial<ChatQuirks> | undefined {
  const row = vendors.find(
    ({ needsKey, defaultBaseUrl }) =>
      needsKey && defaultBaseUrl !== null && new URL(defaultBaseUrl).hostname === hostname
  )
  return row?.quirks ?? (Object.hasOwn(otherHosts, hostname) ? otherHosts[hostname] : undefined)
}
