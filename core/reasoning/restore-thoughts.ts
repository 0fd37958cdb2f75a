import type { ContentPart, PromptMessage, ReasoningPart } from '../providers/spec/prompt.ts'
import type { AnswerAnchors } from './anchors.ts'
import type { Thought } from './thought.ts'

const isReasoning = (part: ContentPart): part is ReasoningPart => part.type === 'reasoning'

/**
 * An answer with what its model thought back in its places: before its text, and before each tool call. What the client
 * itself handed back signed stays as it is; where it came without a signature, what is known with one is better.
 */
export function restoreThoughts(
  message: PromptMessage,
  anchors: AnswerAnchors,
  thoughts: ReadonlyMap<string, Thought>
): PromptMessage {
  const ofCalls = anchors.calls.map((anchor) => thoughts.get(anchor))
  const ofText = anchors.text === null ? undefined : thoughts.get(anchors.text)
  const known = [...ofCalls, ofText].flatMap((thought) => thought?.reasoning ?? [])
  const given = message.content.filter(isReasoning)
  const isBetter = given.length === 0 || (!given.some(isSigned) && known.some(isSigned))

  const first: ContentPart[] = ofText && isBetter ? [...ofText.reasoning] : []
  const rest: ContentPart[] = []
  let index = 0
  for (const part of message.content) {
    if (isReasoning(part)) {
      if (!isBetter) rest.push(part)
      continue
    }
    if (part.type !== 'tool-call') {
      rest.push(part)
      continue
    }
    const thought = ofCalls[index++]
    if (thought && isBetter) (thought.beforeText ? first : rest).push(...thought.reasoning)
    const signature = part.signature ?? thought?.callSignature
    rest.push(signature ? { ...part, signature } : part)
  }
  return { ...message, content: [...first, ...rest] }
}

const isSigned = ({ signature }: ReasoningPart): boolean => signature !== undefined
