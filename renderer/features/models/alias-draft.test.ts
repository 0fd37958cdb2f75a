import { describe, expect, it } from 'vitest'
import { aliasSchema } from '../../../core/contract/aliases.ts'
import { type AliasDraft, checkDraft, draftOf, emptyDraft, sameDraft } from './alias-draft.ts'

const alias = aliasSchema.parse({
  name: 'best',
  strategy: 'rules',
  targets: [
    { model: 'a/x', when: { hasCode: true } },
    { model: 'b/y', weight: 3 }
  ],
  firstTokenTimeoutMs: 1500,
  knowledge: ['vault/Food#recipe']
})
const problems = (draft: AliasDraft, taken: string[] = []) => {
  const result = checkDraft(draft, taken)
  return 'problems' in result ? result.problems : null
}

it('saves an alias as it was read', () => {
  const result = checkDraft(draftOf(alias), [])
  const { name: _, ...body } = alias
  expect(result).toEqual({ alias: body })
})

it('leaves out a rule that asks for nothing', () => {
  const draft = draftOf(alias)
  const result = checkDraft({ ...draft, targets: draft.targets.map((item) => ({ ...item, when: {} })) }, [])
  expect('alias' in result && result.alias.targets[0]).toEqual({ model: 'a/x', weight: 1 })
})

describe('what is wrong', () => {
  it('is said beside the field', () => {
    const draft = draftOf(alias)
    const [first, second] = draft.targets
    const wrong: AliasDraft = {
      ...draft,
      name: 'Not a name/',
      targets: [{ ...first, weight: null } as (typeof draft.targets)[0], second as (typeof draft.targets)[0]],
      firstTokenSeconds: 0.05,
      idleSeconds: 601
    }
    const found = problems(wrong)
    expect(found?.name).toMatch(/Lower-case/)
    expect(found?.target[first?.key ?? '']).toMatch(/1 to 1000/)
    expect(found?.target[second?.key ?? '']).toBeUndefined()
    expect(found?.firstToken).toBeDefined()
    expect(found?.idle).toBeDefined()
  })

  it('includes a name that is missing, reserved or taken, and an empty list', () => {
    expect(problems(emptyDraft('', ['a/x']))?.name).toMatch(/needs a name/)
    expect(problems(emptyDraft('auto', ['a/x']))?.name).toMatch(/auto/)
    expect(problems(emptyDraft('best', ['a/x']), ['best'])?.name).toMatch(/Another/)
    expect(problems(emptyDraft('best'))?.targets).toMatch(/one model/)
    expect(problems(emptyDraft('best', ['a/x']))).toBeNull()
  })
})

it('knows when nothing was changed', () => {
  expect(sameDraft(draftOf(alias), draftOf(alias))).toBe(true)
  const draft = draftOf(alias)
  expect(sameDraft({ ...draft, targets: draft.targets.toReversed() }, draft)).toBe(false)
})
