import type { ChatRequest } from '../providers/spec/chat.ts'
import type { Rewrite } from '../vault/search/other-words.ts'
import type { Pipeline } from './context.ts'
import { callForKnowledge, knowledgeCaller } from './knowledge-call.ts'

const INSTRUCTION = `Prepare a search in a person's notes for the question below. Answer with two lines and nothing else, in the language of the question.
First line: the question as it would be asked by itself, with everything it refers back to named.
Second line: one sentence that a note answering it might hold.`

const MOST_TOKENS = 300
const MOST_LINES = 2
const LONGEST_LINE = 400
/** What models put in front of lines they were asked for. */
const lineMark = /^(?:[-*>#\s]|\d[.)]\s|(?:first |second )?line(?: \d)?:)+/i

/** Puts a question about the person's own texts in other words. Throws as `callForKnowledge` does. */
export function rewriteQuestion(pipeline: Pipeline, isPaused: () => boolean): Rewrite {
  return async ({ model, question, signal }) => {
    const prompt = `${INSTRUCTION}\n\n${question}`
    const request: ChatRequest = {
      messages: [{ role: 'user', content: [{ type: 'text', text: prompt }] }],
      output: 'text',
      maxTokens: MOST_TOKENS,
      unmapped: []
    }
    const answer = await callForKnowledge(pipeline, isPaused, {
      dialect: 'openai-chat',
      model,
      texts: [prompt],
      signal,
      perform: ({ provider, model: name }, stop) =>
        provider.chat({
          model: name,
          stream: false,
          // vendors refuse this for models that never think; the models here do not
          request: () => (provider.onDevice ? { ...request, reasoning: { effort: 'none' } } : request),
          wire: null,
          caller: knowledgeCaller.id,
          signal: stop
        })
    })
    return linesOf(answer).filter((line) => line !== question)
  }
}

const linesOf = (answer: string): string[] =>
  answer
    .split('\n')
    .map((line) => line.replace(lineMark, '').trim().slice(0, LONGEST_LINE))
    .filter((line) => line !== '')
    .slice(0, MOST_LINES)
