import { normalizeBaseUrl } from '../shared/base-url.ts'
import { createUpstreamHttp, type UpstreamHttp } from '../shared/http.ts'
import { testConnection } from '../shared/openai-chat/connection-test.ts'
import { keyHeaders } from '../shared/openai-chat/headers.ts'
import { createProvider } from '../shared/openai-chat/provider.ts'
import { commonQuirks, type OpenaiChatVendor } from '../shared/openai-chat/vendor.ts'
import type { ProviderAdapter, ProviderConfig } from '../spec/provider.ts'
import { placesKey, readExtraHeaders } from './extra-headers.ts'
import { customKind, quirksOfHost, vendors } from './vendor-list.ts'
import type { VendorRow } from './vendor-row.ts'

/** The adapter of a vendor over given connections. */
export function createAdapter(row: VendorRow, http: UpstreamHttp): ProviderAdapter {
  return {
    kind: row.kind,
    label: row.label,
    defaultBaseUrl: row.defaultBaseUrl,
    needsKey: row.needsKey,
    options: row.options ?? [],
    normalizeBaseUrl: (baseUrl) => normalize(baseUrl, row),
    create: (config) => createProvider(config, vendorOf(row, config.baseUrl), http),
    test: (config, signal) => testConnection(config, vendorOf(row, config.baseUrl), http, signal)
  }
}

function vendorOf(row: VendorRow, baseUrl: string): OpenaiChatVendor {
  const quirks = row.kind === customKind ? quirksOfHost(new URL(baseUrl).hostname) : row.quirks
  return {
    kind: row.kind,
    quirks: { ...commonQuirks, ...quirks },
    rerank: row.rerank ?? false,
    headers: (config, key) => headersOf(row, config, key)
  }
}

function headersOf(row: VendorRow, { options }: ProviderConfig, key: string | null): Record<string, string> {
  const lines = options.headers ?? ''
  const named = Object.entries(row.optionHeaders ?? {}).flatMap(([option, header]) => {
    const value = options[option]
    return value ? [[header, value]] : []
  })
  return {
    ...(placesKey(lines) ? {} : keyHeaders(key)),
    ...Object.fromEntries(named),
    ...readExtraHeaders(lines, key)
  }
}

/** Some vendors answer at the root of their host, where an address without a path would otherwise get `/v1`. */
function normalize(baseUrl: string, { defaultBaseUrl }: VendorRow): string {
  const normalized = normalizeBaseUrl(baseUrl)
  const isRoot = defaultBaseUrl !== null && new URL(defaultBaseUrl).origin === defaultBaseUrl
  return isRoot && normalized === `${defaultBaseUrl}/v1` ? defaultBaseUrl : normalized
}

const http = createUpstreamHttp()
export const adapters: readonly ProviderAdapter[] = vendors.map((row) => createAdapter(row, http))
