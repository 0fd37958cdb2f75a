import {
  type Budget,
  type BudgetAction,
  type BudgetScope,
  type SaveBudget,
  saveBudgetSchema
} from '../../../../core/contract/budgets.ts'
import { toNanoUsd, toUsd } from '../../../components/format/money.ts'

/** A budget as a form holds it: what is not filled in yet is null or empty. */
export interface BudgetDraft {
  name: string
  scope: BudgetScope['kind']
  /** The id or name that the scope needs; empty for all calls. */
  subject: string
  limitUsd: number | null
  period: Budget['period']
  warnAt: number | null
  /** What is done when it is used up: the first of these, in this order, that can be. None: the person is only told. */
  cheaper: boolean
  model: string | null
  onDevice: boolean
  refuse: boolean
  unknownPrice: 'allow' | 'refuse'
  paused: boolean
}

export const newBudget: BudgetDraft = {
  name: '',
  scope: 'all',
  subject: '',
  limitUsd: null,
  period: 'month',
  warnAt: 80,
  cheaper: false,
  model: null,
  onDevice: false,
  refuse: false,
  unknownPrice: 'allow',
  paused: false
}

export function draftOf(budget: Budget): BudgetDraft {
  const { name, scope, limitNanoUsd, period, warnAt, actions, unknownPrice, paused } = budget
  const model = actions.find((action) => action.kind === 'use-model')?.model ?? null
  return {
    name,
    scope: scope.kind,
    subject: subjectOf(scope),
    limitUsd: toUsd(limitNanoUsd),
    period,
    warnAt: warnAt.find((level) => level < 100) ?? null,
    cheaper: model !== null,
    model,
    onDevice: actions.some(({ kind }) => kind === 'on-device'),
    refuse: actions.some(({ kind }) => kind === 'refuse'),
    unknownPrice,
    paused
  }
}

function subjectOf(scope: BudgetScope): string {
  switch (scope.kind) {
    case 'all':
      return ''
    case 'provider':
      return scope.providerId
    case 'model':
      return scope.model
    case 'app-key':
      return scope.keyId
    case 'project':
      return scope.project
    case 'feature':
      return scope.feature
  }
}

function scopeOf({ scope, subject }: BudgetDraft): BudgetScope {
  switch (scope) {
    case 'all':
      return { kind: 'all' }
    case 'provider':
      return { kind: 'provider', providerId: subject }
    case 'model':
      return { kind: 'model', model: subject }
    case 'app-key':
      return { kind: 'app-key', keyId: subject }
    case 'project':
      return { kind: 'project', project: subject.trim() }
    case 'feature':
      return { kind: 'feature', feature: subject.trim() }
  }
}

function actionsOf({ cheaper, model, onDevice, refuse }: BudgetDraft): BudgetAction[] {
  const actions: BudgetAction[] = []
  if (cheaper) actions.push({ kind: 'use-model', model: model ?? '' })
  if (onDevice) actions.push({ kind: 'on-device' })
  if (refuse) actions.push({ kind: 'refuse' })
  return actions
}

export type DraftField = 'name' | 'subject' | 'limitUsd' | 'warnAt' | 'model'

/** The budget to save, or what is still wrong, by field. */
export function readDraft(
  draft: BudgetDraft
): { budget: SaveBudget } | { problems: Partial<Record<DraftField, string>> } {
  const problems: Partial<Record<DraftField, string>> = {}
  const { limitUsd, warnAt } = draft
  if (draft.name.trim() === '') problems.name = 'Give it a name.'
  if (draft.scope !== 'all' && draft.subject.trim() === '') problems.subject = 'Choose what it watches.'
  if (limitUsd === null || toNanoUsd(limitUsd) <= 0) problems.limitUsd = 'How much, in dollars.'
  if (warnAt !== null && (!Number.isInteger(warnAt) || warnAt < 1 || warnAt > 99))
    problems.warnAt = 'A percentage from 1 to 99, or nothing.'
  if (draft.cheaper && !draft.model) problems.model = 'Choose the model or alias to ask.'
  if (Object.keys(problems).length > 0) return { problems }
  const read = saveBudgetSchema.safeParse({
    name: draft.name,
    scope: scopeOf(draft),
    limitNanoUsd: toNanoUsd(limitUsd ?? 0),
    period: draft.period,
    warnAt: warnAt === null ? [100] : [warnAt, 100],
    actions: actionsOf(draft),
    unknownPrice: draft.unknownPrice,
    paused: draft.paused
  })
  return read.success
    ? { budget: read.data }
    : { problems: { name: 'One of these is too long or too large.' } }
}
