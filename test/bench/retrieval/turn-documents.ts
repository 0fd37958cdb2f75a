import { createHash } from 'node:crypto'
import type { IndexDocument } from '../../../core/retrieval/document.ts'
import type { Turn } from './locomo.ts'

/** Turns before, and after, that are a turn's context: what is answered and what it is answered with. */
const AROUND = 2

const spoken = ({ speaker, text }: Turn) => `${speaker}: ${text}`

/** Each turn is a document of one passage, with the turns of its session around it as context. */
export function turnDocuments(turns: readonly Turn[], options: { facts: boolean }): IndexDocument[] {
  return turns.map((turn, index) => {
    const text = `${turn.date} ${spoken(turn)}`
    const around = turns
      .slice(Math.max(0, index - AROUND), index + AROUND + 1)
      .filter((other) => other !== turn && other.session === turn.session)
    const bytes = Buffer.byteLength(text)
    return {
      path: turn.id,
      kind: 'text',
      title: '',
      aliases: [],
      tags: [],
      properties: {},
      createdAt: turn.at,
      modifiedAt: turn.at,
      bytes,
      hash: createHash('sha256').update(text).digest(),
      chunks: [
        {
          headings: [],
          text,
          start: 0,
          end: bytes,
          page: null,
          context: around.map(spoken).join('\n'),
          ...(options.facts && turn.facts.length > 0 ? { facts: turn.facts.join('\n') } : {})
        }
      ],
      links: []
    }
  })
}
