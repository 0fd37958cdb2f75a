/** The key as OpenAI takes it. */
export function keyHeaders(key: string | null): Record<string, string> {
  return key === null ? {} : { authorization: `Bearer ${key}` }
}

const USEFUL = /^(x-request-id|request-id|openai-processing-ms|retry-after|x-ratelimit-.+)$/

/** Those headers of a response that tell a client something: the request's id and its rate limits. */
export function usefulHeaders(headers: Readonly<Record<string, string>>): Record<string, string> {
  const useful: Record<string, string> = {}
  for (const name in headers) if (USEFUL.test(name)) useful[name] = headers[name] ?? ''
  return useful
}
