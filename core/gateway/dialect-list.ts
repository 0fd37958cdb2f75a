import type { DialectRoutes } from './dialect-routes.ts'
import { anthropicRoutes } from './routes/anthropic.ts'
import { googleRoutes } from './routes/google.ts'
import { mcpRoutes } from './routes/mcp.ts'
import { ollamaRoutes } from './routes/ollama.ts'
import { openaiRoutes } from './routes/openai.ts'

/** Everything that programs can speak to Homeport; the first that owns an address answers. */
export const dialects: readonly DialectRoutes[] = [
  anthropicRoutes,
  googleRoutes,
  ollamaRoutes,
  openaiRoutes,
  mcpRoutes
]
