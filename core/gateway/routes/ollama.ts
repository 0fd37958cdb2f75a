import { HomeportError } from '../../errors/homeport-error.ts'
import { ollamaErrorBody } from '../../errors/ollama-error.ts'
import type { Caller } from '../../pipeline/context.ts'
import type { DialectParts, DialectRoutes } from '../dialect-routes.ts'
import type { Exchange } from '../exchange.ts'
import { methodNotAllowed } from '../respond.ts'
import { serveOllamaChat, serveOllamaGenerate } from './ollama-chat.ts'
import { serveEmbed, serveOldEmbeddings } from './ollama-embed.ts'
import { serveRunning, serveShow, serveTags, serveVersion } from './ollama-models.ts'

type Serve = (exchange: Exchange, caller: Caller, parts: DialectParts) => Promise<void>

const posts: Readonly<Record<string, Serve>> = {
  '/api/chat': serveOllamaChat,
  '/api/generate': serveOllamaGenerate,
  '/api/embed': serveEmbed,
  '/api/embeddings': serveOldEmbeddings,
  '/api/show': serveShow
}
const gets: Readonly<Record<string, (exchange: Exchange, parts: DialectParts) => void>> = {
  '/api/tags': serveTags,
  '/api/ps': serveRunning,
  '/api/version': serveVersion
}

/** What Ollama has for adding and removing models, which no app key may do. */
const managing = /^\/api\/(pull|push|create|copy|delete|blobs\/[^/]+)$/

/** Ollama's dialect: whatever is under `/api`. See https://docs.ollama.com/api */
export const ollamaRoutes: DialectRoutes = {
  addresses: [
    ...Object.keys(posts).map((path) => `POST ${path}`),
    ...Object.keys(gets).map((path) => `GET ${path}`)
  ],
  owns: (path) => path === '/api' || path.startsWith('/api/'),
  errorBody: ollamaErrorBody,
  async serve(exchange, caller, parts) {
    const { req, res, path } = exchange
    const post = Object.hasOwn(posts, path) ? posts[path] : undefined
    if (post) {
      if (req.method !== 'POST') throw methodNotAllowed(res, ['POST'])
      return post(exchange, caller, parts)
    }
    const get = Object.hasOwn(gets, path) ? gets[path] : undefined
    if (get) {
      if (req.method !== 'GET' && req.method !== 'HEAD') throw methodNotAllowed(res, ['GET', 'HEAD'])
      return get(exchange, parts)
    }
    if (managing.test(path)) {
      throw new HomeportError('not-allowed', 'Programs cannot add, change or remove models here.', {
        action: 'Add a model file with `homeport model add`, or a server with `homeport provider add`.'
      })
    }
    throw new HomeportError('not-found', 'This address is not part of the API.', {
      action: `Homeport serves ${[...Object.keys(posts), ...Object.keys(gets)].join(', ')}.`
    })
  }
}
