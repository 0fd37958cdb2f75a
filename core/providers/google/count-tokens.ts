import { asObject } from '../shared/json.ts'
import type { ChatCall } from '../spec/chat.ts'
import { modelPath } from './model-path.ts'
import { writeJson } from './request-body.ts'

/**
 * The body that asks for the tokens of a call: a whole `generateContentRequest`, as instructions and tools count too. Of a
 * client of Google's dialect the body may be one for `countTokens` already.
 */
export function writeCountRequest(call: ChatCall, filesUrl: string): Buffer {
  const { model, wire } = call
  const request =
    wire?.dialect === 'google-generate'
      ? (asObject(wire.json.generateContentRequest ?? wire.json.generate_content_request) ?? wire.json)
      : writeJson(call.request(), { model, filesUrl }, [])
  return Buffer.from(JSON.stringify({ generateContentRequest: { ...request, model: modelPath(model) } }))
}
