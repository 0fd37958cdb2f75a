import { HomeportError } from '../../errors/homeport-error.ts'
import { ollamaErrorBody } from '../../errors/ollama-error.ts'
import type { DialectRoutes } from '../dialect-routes.ts'
import { RouteTable } from '../route-table.ts'
import { serveOllamaChat, serveOllamaGenerate } from './ollama-chat.ts'
import { serveEmbed, serveOldEmbeddings } from './ollama-embed.ts'
import { serveRunning, serveShow, serveTags, serveVersion } from './ollama-models.ts'

const table = new RouteTable({
  'POST /api/chat': serveOllamaChat,
  'POST /api/generate': serveOllamaGenerate,
  'POST /api/embed': serveEmbed,
  'POST /api/embeddings': serveOldEmbeddings,
  'POST /api/show': serveShow,
  'GET /api/tags': (exchange, _, parts) => serveTags(exchange, parts),
  'GET /api/ps': serveRunning,
  'GET /api/version': serveVersion
})

/** What Ollama has for adding and removing models, which no app key may do. */
const managing = /^\/api\/(pull|push|create|copy|delete|blobs\/[^/]+)$/

/** Ollama's dialect: whatever is under `/api`. See https://docs.ollama.com/api */
export const ollamaRoutes: DialectRoutes = {
  addresses: table.addresses,
  owns: (path) => path === '/api' || path.startsWith('/api/'),
  errorBody: ollamaErrorBody,
  async serve(exchange, caller, parts) {
    if (managing.test(exchange.path)) {
      throw new HomeportError('not-allowed', 'Programs cannot add, change or remove models here.', {
        action: 'Add a model file with `homeport model add`, or a server with `homeport provider add`.'
      })
    }
    return table.serve(exchange, caller, parts)
  }
}
