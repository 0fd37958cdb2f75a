import { HomeportError } from '../../errors/homeport-error.ts'
import { answerChat } from '../answer-chat.ts'
import { clientSignal } from '../client-signal.ts'
import { readModelName } from '../dialects/json-fields.ts'
import { type OllamaDialect, ollamaChat, ollamaGenerate } from '../dialects/ollama/dialect.ts'
import { asksToUnload } from '../dialects/ollama/keep-alive.ts'
import { findModel } from '../dialects/ollama/model-name.ts'
import { readParameters } from '../dialects/ollama/parameters.ts'
import { loadedBody } from '../dialects/ollama/response.ts'
import { localIdOf, unloadIfIdle } from '../on-device-models.ts'
import { readJsonObject } from '../read-json.ts'
import { sendJson } from '../respond.ts'
import type { Serve } from '../route-table.ts'

/** Where the client's own names may stand: JSON schemas, and the arguments of tool calls. */
const freeMembers = ['format', 'tools', 'messages']

/** `POST /api/chat` and `POST /api/generate`. */
export const serveOllamaChat = serve(ollamaChat, 'messages')
export const serveOllamaGenerate = serve(ollamaGenerate, 'prompt')

function serve(dialect: OllamaDialect, words: 'messages' | 'prompt'): Serve {
  return async (exchange, caller, { pipeline, models, onDevice, bodyLimit }) => {
    const { body, json } = await readJsonObject(exchange, bodyLimit, freeMembers)
    const named = findModel(readModelName(json.model ?? json.name), models())
    const parameters = readParameters(json, named)
    const localId = localIdOf(named.model)
    const unload = asksToUnload(json.keep_alive)
    if (asksNothing(json[words]) && asksNothing(json.images)) {
      if (named.model === null) throw unknownModel(named.name)
      if (localId !== null && unload) await unloadIfIdle(onDevice, localId)
      else if (localId !== null) await onDevice.models.load(localId, clientSignal(exchange.res))
      sendJson(exchange.res, 200, loadedBody(named.model.id, dialect.form, json.keep_alive))
      return
    }
    try {
      await answerChat(pipeline, { exchange, caller, dialect, parameters, body, json })
    } finally {
      if (localId !== null && unload) await unloadIfIdle(onDevice, localId)
    }
  }
}

const asksNothing = (value: unknown): boolean =>
  value === undefined || value === null || value === '' || (Array.isArray(value) && value.length === 0)

/** The words by which clients know that a model is not there. */
export function unknownModel(name: string): HomeportError {
  return new HomeportError('not-found', `model '${name.slice(0, 120)}' not found.`, {
    action: 'GET /api/tags lists those that are there.',
    param: 'model'
  })
}
