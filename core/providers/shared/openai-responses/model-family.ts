import type { ReasoningRequest } from '../../spec/chat-options.ts'

/** Whether a model thinks, by its name: a deployment of Azure may have any, of which nobody knows. */
export function modelFamily(model: string): 'reasoning' | 'plain' | 'unknown' {
  const name = model.toLowerCase().replace(/^ft:/, '')
  if (/^(o\d|gpt-5|gpt-oss|codex|computer-use)/.test(name))
    return /-chat(-|$)/.test(name) ? 'plain' : 'reasoning'
  return /^(gpt-[34]|gpt-35|chatgpt)/.test(name) ? 'plain' : 'unknown'
}

/** Models that think take no sampling parameters, unless thinking is off (gpt-5.1 and later). */
export function refusesSampling(model: string, reasoning: ReasoningRequest | undefined): boolean {
  return modelFamily(model) === 'reasoning' && reasoning?.effort !== 'none'
}

/** Models that OpenAI serves by the Responses API alone. */
export function needsResponses(model: string): boolean {
  return /^(o\d-pro|gpt-5(\.\d)?-pro|gpt-5[\w.]*-codex|codex|computer-use)|-deep-research/.test(model)
}

/** Models that OpenAI serves by chat completions alone. */
export function needsChat(model: string): boolean {
  return /-(audio|search)-preview|^gpt-audio/.test(model)
}
