// Written by generate-registry.ts from the folders here that have an adapter.ts; a test says whether it is current.
import { adapters as anthropic } from './anthropic/adapter.ts'
import { adapters as azure } from './azure/adapter.ts'
import { adapters as cohere } from './cohere/adapter.ts'
import { adapters as google } from './google/adapter.ts'
import { adapters as openai } from './openai/adapter.ts'
import { adapters as openaiCompatible } from './openai-compatible/adapter.ts'
import type { ProviderAdapter } from './spec/provider.ts'

export const adapters: readonly ProviderAdapter[] = [
  ...anthropic,
  ...azure,
  ...cohere,
  ...google,
  ...openai,
  ...openaiCompatible
]
