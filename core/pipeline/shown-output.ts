import type { ChatEvent, ChatPart } from '../providers/spec/chat.ts'

/** Whether an event brings something that a client can show: after it, no other model may answer in its place. */
export const bringsOutput = ({ parts }: ChatEvent): boolean => parts.some(isOutput)

function isOutput(part: ChatPart): boolean {
  switch (part.type) {
    case 'text-delta':
    case 'reasoning-delta':
      return part.text !== ''
    case 'tool-call-start':
    case 'tool-call-delta':
    case 'media':
      return true
    default:
      return false
  }
}
