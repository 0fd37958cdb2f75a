import { newId } from '../../lib/ids.ts'
import type { Caller } from '../../pipeline/context.ts'
import type { DialectParts } from '../dialect-routes.ts'
import { readRerank } from '../dialects/rerank/request.ts'
import { rerankBody } from '../dialects/rerank/response.ts'
import type { Exchange } from '../exchange.ts'
import { callOperation, cannotDo, textRequest } from '../operation-call.ts'
import { readJsonObject } from '../read-json.ts'
import { sendJson } from '../respond.ts'

/** `POST /v1/rerank`. */
export async function serveRerank(
  exchange: Exchange,
  caller: Caller,
  { pipeline, bodyLimit }: DialectParts
): Promise<void> {
  const { json } = await readJsonObject(exchange, bodyLimit)
  const parameters = readRerank(json)
  const { query, documents, topN, unmapped } = parameters
  const { result, usage, model, headers } = await callOperation(pipeline, {
    exchange,
    caller,
    dialect: 'rerank',
    model: parameters.model,
    request: () => textRequest([query]),
    async perform({ provider, model: id }, signal) {
      if (!provider.rerank) throw cannotDo(provider, 'reranking')
      const call = { model: id, query, documents, caller: caller.id, signal, ...(topN !== null && { topN }) }
      const answer = await provider.rerank(call)
      const warnings = [...unmapped.map((name) => `${name} was dropped`), ...answer.warnings]
      return { result: answer.results, usage: answer.usage, servedModel: null, warnings }
    }
  })
  sendJson(exchange.res, 200, rerankBody(result, parameters, { id: newId(), model }, usage), headers)
}
