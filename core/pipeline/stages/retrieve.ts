import { EVERYTHING } from '../../contract/knowledge-scopes.ts'
import type { Logger } from '../../lib/logger.ts'
import type { ChatRequest } from '../../providers/spec/chat.ts'
import { placeOf } from '../call-failure.ts'
import type { CallContext, CallOutcome, CallResult, ModelTarget, Next, OpenSpan, Stage } from '../context.ts'
import { checkCitations } from '../grounding/check-citations.ts'
import { fitPassages } from '../grounding/fit-passages.ts'
import { groundRequest, groundWire } from '../grounding/ground-request.ts'
import { lookupText } from '../grounding/lookup-text.ts'
import { passagesPrompt } from '../grounding/passages-prompt.ts'
import { permittedScopes } from '../grounding/permitted-scopes.ts'
import type { Findings, NumberedPassage, Retriever } from '../grounding/retriever.ts'
import { neutralTurns, type UserTurn, wireTurns } from '../grounding/user-turns.ts'

export interface RetrieveOptions {
  retriever: Retriever
  /** Tokens of the longest prompt a model takes; null where nobody knows. */
  contextTokens(target: ModelTarget): number | null
  /** Tokens of a prompt, as near as can be told without asking anybody. */
  estimateTokens(request: ChatRequest): number
  logger: Logger
}

const MOST_HITS = 20
/** Of passages, where the model's context has room for them. */
const PASSAGE_TOKENS = 3000
/** Left for the answer, where the client did not say how long it may be. */
const USUAL_ANSWER_TOKENS = 1000
/** Estimates of a prompt are right within a quarter. */
const PROMPT_MARGIN = 1.25

/** What is to be looked up for a call. */
interface Wish {
  /** As asked for; what of it the caller may read is another question. */
  scopes: readonly string[]
  /** The passages go into the request. A model that only quotes needs them, and nothing in it. */
  grounds: boolean
}

/**
 * Looks up what the user asks in the person's notes, hands the passages to the model in front of the user's words, and holds
 * the answer's citations against them. Does nothing for a call that nobody wants this for. Throws `not-allowed` for notes
 * that the caller may not read.
 */
export function retrieveStage(options: RetrieveOptions): Stage {
  const { retriever, logger } = options
  const grounded = async (context: CallContext, wish: Wish, next: Next): Promise<CallResult> => {
    const span = context.spans.start('retrieve', 'retrieval')
    let passages: NumberedPassage[]
    try {
      passages = await lookUp(context, wish, retriever, span, roomOf(context, options))
    } catch (thrown) {
      // nobody is asked, and nothing is paid
      context.target = null
      span.end({ status: 'error', note: thrown instanceof Error ? thrown.message : null })
      throw thrown
    }
    context.passages = passages
    const result = await next()
    if (!wish.grounds && !context.target?.provider.quotesPassages) return result
    const done = result.done.then((outcome) => checked(context, outcome, passages, logger))
    return { ...result, head: { ...result.head, sources: passages }, done }
  }
  return (context, next) => {
    const wish = wishOf(context)
    return wish ? grounded(context, wish, next) : next()
  }
}

function wishOf(context: CallContext): Wish | null {
  const { plan, perform, knowledge } = context
  if (!plan || perform) return null
  const asked = knowledge ?? plan.knowledge ?? []
  const quotes = plan.order.some(({ provider }) => provider.quotesPassages)
  if (asked.length === 0 && !quotes) return null
  // what is quoted from notes is as good as they are now
  if (quotes) context.cache = { mode: 'off', maxAgeSeconds: null }
  return {
    scopes: asked.length === 0 ? [EVERYTHING] : asked,
    grounds: asked.length > 0 && !plan.order.every(({ provider }) => provider.quotesPassages)
  }
}

async function lookUp(
  context: CallContext,
  { scopes: asked, grounds }: Wish,
  retriever: Retriever,
  span: OpenSpan,
  room: number
): Promise<NumberedPassage[]> {
  const { caller, readable = [], onDeviceOnly = false, signal } = context
  const scopes = permittedScopes(asked, caller.kind === 'app' ? [EVERYTHING] : readable)
  const turns = turnsOf(context)
  const text = lookupText(turns)
  if (text === '') {
    context.warnings.push('nothing was looked up: the request has no words of a user')
    span.end({ note: 'no words of a user' })
    return []
  }
  const findings = await retriever.find({ text, scopes, limit: MOST_HITS, onDeviceOnly }, signal)
  const passages = fitPassages(findings.hits, room)
  for (const problem of findings.problems) context.warnings.push(problem)
  if (findings.hits.length > 0 && passages.length === 0)
    context.warnings.push('what was found has no room beside this prompt')
  else if (grounds) ground(context, passages)
  span.end({ note: noteOf(scopes, passages, findings), attributes: attributesOf(text, scopes, passages) })
  return passages
}

function turnsOf({ wire, request }: CallContext): readonly UserTurn[] {
  return wire ? wireTurns(wire.json) : neutralTurns(request())
}

/** Tokens that passages may take: what all the models that may be asked have room for. */
function roomOf(context: CallContext, { contextTokens, estimateTokens }: RetrieveOptions): number {
  const contexts = (context.plan?.order ?? []).flatMap((target) => contextTokens(target) ?? [])
  if (contexts.length === 0) return PASSAGE_TOKENS
  const { prompt, answer } = sizeOf(context, estimateTokens)
  const room = Math.floor(Math.min(...contexts) - prompt * PROMPT_MARGIN - answer)
  return Math.max(0, Math.min(PASSAGE_TOKENS, room))
}

function sizeOf({ request, wire }: CallContext, estimateTokens: RetrieveOptions['estimateTokens']) {
  try {
    const asked = request()
    return {
      prompt: estimateTokens(asked),
      answer: Math.min(asked.maxTokens ?? USUAL_ANSWER_TOKENS, USUAL_ANSWER_TOKENS)
    }
  } catch {
    // an upstream of the same dialect may understand what Homeport does not
    return { prompt: Math.ceil((wire?.body.length ?? 0) / 4), answer: USUAL_ANSWER_TOKENS }
  }
}

function ground(context: CallContext, passages: readonly NumberedPassage[]): void {
  const prompt = passagesPrompt(passages)
  const { wire, request } = context
  const turn = wire && wireTurns(wire.json).at(-1)
  if (wire && turn) context.wire = groundWire(wire, turn, prompt)
  let grounded: ChatRequest | null = null
  context.request = () => {
    grounded ??= groundRequest(request(), prompt)
    return grounded
  }
}

function noteOf(scopes: readonly string[], passages: readonly NumberedPassage[], { hits }: Findings): string {
  const count = passages.length === 1 ? '1 passage' : `${passages.length} passages`
  const left = hits.length > passages.length ? ` (of ${hits.length} found)` : ''
  return `${passages.length === 0 ? 'nothing near enough' : count + left} in ${scopes.join(', ')}`
}

/** What was found, without its text: that stands in the request. */
const attributesOf = (text: string, scopes: readonly string[], passages: readonly NumberedPassage[]) => ({
  'retrieval.query': text,
  'retrieval.scopes': scopes,
  'retrieval.documents': passages.map(({ number, sourceId, path, title, headings, score, why }) => ({
    number,
    source: sourceId,
    path,
    title,
    headings,
    score,
    words: why.words,
    meaning: why.meaning
  }))
})

async function checked(
  context: CallContext,
  outcome: CallOutcome,
  passages: readonly NumberedPassage[],
  logger: Logger
): Promise<CallOutcome> {
  const span = context.spans.start('citations', 'retrieval')
  try {
    const { citations, unknown } = await checkCitations(outcome.text, passages)
    const named = citations.filter(({ supported }) => supported !== null)
    const doubtful = named.filter(({ supported }) => supported === false).map(({ number }) => `[${number}]`)
    span.end({
      note: [
        `${named.length} of ${passages.length} cited`,
        doubtful.length > 0 && `not found in the passage: ${doubtful.join(', ')}`,
        unknown.length > 0 && `no such passage: ${unknown.map((number) => `[${number}]`).join(', ')}`
      ]
        .filter(Boolean)
        .join(' · ')
    })
    return { ...outcome, citations }
  } catch (error) {
    logger.error({ traceId: context.traceId, at: placeOf(error) }, 'Citations could not be checked')
    span.end({ status: 'error' })
    return outcome
  }
}
