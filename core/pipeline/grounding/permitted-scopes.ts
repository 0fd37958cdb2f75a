import type { KnowledgeScope } from '../../contract/knowledge.ts'
import { EVERYTHING, isWithin, readScope } from '../../contract/knowledge-scopes.ts'
import { HomeportError } from '../../errors/homeport-error.ts'

/**
 * What is looked up for somebody who asks for `asked` and may read `readable`, in the words of people. Who asks for
 * everything gets all that they may read. Throws `bad-request` for words that are no scope, `not-allowed` for more than they
 * may read.
 */
export function permittedScopes(asked: readonly string[], readable: readonly string[]): readonly string[] {
  const scopes = asked.map((text) => ({ text, scope: scopeOf(text) }))
  const limits = readable.flatMap((text) => readScope(text) ?? [])
  if (limits.length === 0) throw notAllowed('notes and files')
  const isAll = ({ sourceId, folder, tag }: KnowledgeScope): boolean =>
    sourceId === null && folder === undefined && tag === undefined
  if (limits.some(isAll)) return scopes.some(({ scope }) => isAll(scope)) ? [EVERYTHING] : asked
  if (scopes.some(({ scope }) => isAll(scope))) return readable
  const outside = scopes.find(({ scope }) => !limits.some((limit) => isWithin(scope, limit)))
  if (outside) throw notAllowed(`"${outside.text}"`)
  return asked
}

function scopeOf(text: string): KnowledgeScope {
  const scope = readScope(text)
  if (scope) return scope
  throw new HomeportError('bad-request', `"${text.slice(0, 80)}" names nothing of the knowledge here.`, {
    action: 'Write *, a source, source/Folder, source#tag or source/Folder#tag.',
    param: 'knowledge'
  })
}

const notAllowed = (what: string): HomeportError =>
  new HomeportError('not-allowed', `This key may not be answered from ${what} of the person.`, {
    action:
      'They can allow it where the keys of programs are, or with: homeport key limit NAME --knowledge SCOPE.'
  })
