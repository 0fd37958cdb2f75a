import { setImmediate as others } from 'node:timers/promises'
import type { Citation } from '../../contract/knowledge.ts'
import { citedStatements } from './cited-statements.ts'
import type { NumberedPassage } from './retriever.ts'
import { type Evidence, evidenceOf, isFounded, joined } from './support.ts'

export interface CheckedCitations {
  /** One for each passage that the answer was given. */
  citations: Citation[]
  /** Numbers in the answer that no passage has. */
  unknown: number[]
}

/** Holds what an answer says against the passages it names for it. Other calls get their turn between statements. */
export async function checkCitations(
  answer: string,
  passages: readonly NumberedPassage[]
): Promise<CheckedCitations> {
  const statements = citedStatements(answer)
  const named = new Set(statements.flatMap(({ numbers }) => numbers))
  const evidence = new Map<number, Evidence>()
  for (const passage of passages.filter(({ number }) => named.has(number))) {
    evidence.set(passage.number, evidenceIn(passage))
    await others()
  }
  const unfounded = new Map<number, string[]>()
  for (const { text, numbers } of statements) {
    const known = numbers.flatMap((number) => evidence.get(number) ?? [])
    const together = joined(known)
    for (const number of numbers) {
      const passage = evidence.get(number)
      if (passage && !isFounded(text, passage, together))
        unfounded.set(number, [...(unfounded.get(number) ?? []), text])
    }
    await others()
  }
  return {
    citations: passages.map((passage) => citationOf(passage, named, unfounded.get(passage.number) ?? [])),
    unknown: [...named].filter((number) => !passages.some((passage) => passage.number === number))
  }
}

const evidenceIn = ({ title, headings, path, text }: NumberedPassage): Evidence =>
  evidenceOf([title, ...headings, path], text)

function citationOf(
  { highlights: _, score: __, why: ___, ...passage }: NumberedPassage,
  named: ReadonlySet<number>,
  unfounded: string[]
): Citation {
  return {
    ...passage,
    supported: named.has(passage.number) ? unfounded.length === 0 : null,
    ...(unfounded.length > 0 && { unfounded })
  }
}
