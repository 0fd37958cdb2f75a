import { describe, expect, it } from 'vitest'
import type { Budget, SaveBudget } from '../../../../core/contract/budgets.ts'
import { type BudgetDraft, draftOf, newBudget, readDraft } from './budget-draft.ts'

const filled: BudgetDraft = { ...newBudget, name: ' All ', limitUsd: 60 }

const saved: SaveBudget = {
  name: 'All',
  scope: { kind: 'all' },
  limitNanoUsd: 60_000_000_000,
  period: 'month',
  warnAt: [80, 100],
  actions: [],
  unknownPrice: 'allow',
  paused: false
}

function budget(draft: BudgetDraft): SaveBudget | null {
  const read = readDraft(draft)
  return 'budget' in read ? read.budget : null
}

describe('readDraft', () => {
  it('reads dollars to the nano-dollar, and warns when all is used too', () => {
    expect(budget(filled)).toEqual(saved)
    expect(budget({ ...filled, limitUsd: 0.000000001 })?.limitNanoUsd).toBe(1)
    expect(budget({ ...filled, warnAt: null })?.warnAt).toEqual([100])
  })

  it('keeps the order of what is done', () => {
    const all: BudgetDraft = { ...filled, cheaper: true, model: 'fast', onDevice: true, refuse: true }
    expect(budget(all)?.actions).toEqual([
      { kind: 'use-model', model: 'fast' },
      { kind: 'on-device' },
      { kind: 'refuse' }
    ])
    // a model that was chosen before is not asked once it is unticked
    expect(budget({ ...all, cheaper: false })?.actions).toEqual([{ kind: 'on-device' }, { kind: 'refuse' }])
  })

  it('names every field that is wrong', () => {
    const wrong: BudgetDraft = { ...newBudget, scope: 'model', cheaper: true, warnAt: 100, limitUsd: 0 }
    const read = readDraft(wrong)
    expect('problems' in read && Object.keys(read.problems).sort()).toEqual([
      'limitUsd',
      'model',
      'name',
      'subject',
      'warnAt'
    ])
  })
})

describe('draftOf', () => {
  it('reads back what was saved', () => {
    const stored = {
      id: 'b1',
      createdAt: 0,
      periodStart: 0,
      periodEnd: 0,
      spentNanoUsd: 0,
      reservedNanoUsd: 0,
      unknownPriceCalls: 0
    }
    const budgets: SaveBudget[] = [
      saved,
      { ...saved, scope: { kind: 'app-key', keyId: 'k1' }, actions: [{ kind: 'refuse' }] },
      { ...saved, actions: [{ kind: 'use-model', model: 'fast' }, { kind: 'refuse' }], warnAt: [100] },
      { ...saved, actions: [{ kind: 'on-device' }], unknownPrice: 'refuse', paused: true }
    ]
    for (const one of budgets) expect(budget(draftOf({ ...stored, ...one } as Budget))).toEqual(one)
  })
})
