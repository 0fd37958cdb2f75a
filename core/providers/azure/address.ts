import { normalizeBaseUrl } from '../shared/base-url.ts'
import type { ProviderConfig } from '../spec/provider.ts'

/** A resource's address without the paths of its APIs, as people copy them from the portal. */
export function normalizeResourceUrl(input: string): string {
  // the target URI of a deployment ends with ?api-version=…, which is an option of its own here
  const url = normalizeBaseUrl(input.trim().replace(/\?.*$/, ''))
  return url.replace(/\/(openai|v1)(\/.*)?$/, '')
}

/** Whether a version is one of the dated ones, whose addresses name the deployment and know no Responses API. */
export const isDated = (version: string | undefined): version is string =>
  version !== undefined && /^\d{4}-\d{2}-\d{2}/.test(version)

/**
 * Where an operation of a deployment is asked. Without a version that is the v1 API, which needs none; `preview` and
 * `latest` may be named. See https://learn.microsoft.com/azure/ai-foundry/openai/api-version-lifecycle
 */
export function operationUrl(
  { baseUrl, options }: Pick<ProviderConfig, 'baseUrl' | 'options'>,
  operation: string,
  deployment: string | null
): URL {
  const version = options.apiVersion
  const path = isDated(version)
    ? `/openai/deployments/${encodeURIComponent(deployment ?? '')}/${operation}`
    : `/openai/v1/${operation}`
  const url = new URL(baseUrl + path)
  if (version) url.searchParams.set('api-version', version)
  return url
}
