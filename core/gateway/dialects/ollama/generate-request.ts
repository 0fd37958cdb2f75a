import { HomeportError } from '../../../errors/homeport-error.ts'
import type { ChatRequest } from '../../../providers/spec/chat.ts'
import type { PromptMessage } from '../../../providers/spec/prompt.ts'
import { badParameter, type Json } from '../json-fields.ts'
import { toImages } from './image.ts'
import { commonRequest, type OllamaParameters } from './parameters.ts'

/** A request of https://docs.ollama.com/api/generate in no dialect: a chat of one turn. Throws `bad-request`. */
export function fromGenerate(body: Json, parameters: OllamaParameters): ChatRequest {
  const { suffix } = body
  if (typeof suffix === 'string' && suffix !== '') {
    throw new HomeportError('bad-request', `${parameters.model} does not support insert.`, {
      action: 'Leave out "suffix".',
      param: 'suffix'
    })
  }
  const system = textOf(body.system, 'system')
  const prompt = textOf(body.prompt, 'prompt')
  const messages: PromptMessage[] = []
  if (system !== '') messages.push({ role: 'system', content: [{ type: 'text', text: system }] })
  const images = toImages(body.images, 'images')
  messages.push({
    role: 'user',
    content: prompt === '' ? images : [{ type: 'text', text: prompt }, ...images]
  })
  return { ...commonRequest(body, parameters, ['prompt', 'system', 'images', 'suffix']), messages }
}

function textOf(value: unknown, name: string): string {
  if (value === undefined || value === null) return ''
  if (typeof value !== 'string') throw badParameter(name, 'must be a text')
  return value
}
