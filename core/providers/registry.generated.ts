// Written by generate-registry.ts from the folders here that have an adapter.ts; a test says whether it is current.
import { adapters as openaiCompatible } from './openai-compatible/adapter.ts'
import type { ProviderAdapter } from './spec/provider.ts'

export const adapters: readonly ProviderAdapter[] = [...openaiCompatible]
