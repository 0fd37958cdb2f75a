import type { BudgetAction, BudgetScope } from '../../contract/budgets.ts'
import { UsageError } from '../usage-error.ts'

// Scopes, actions and amounts of budgets, as they are typed and shown. Their ranges are for the control API to check.

const NANO = 1_000_000_000

/** An amount of dollars as typed, in nano-USD, exactly. */
export function readLimit(word: string): number {
  const [, whole = '', fraction = ''] = /^\$?(\d{1,6})(?:\.(\d{1,9}))?$/.exec(word) ?? []
  const nanoUsd = Number(whole) * NANO + Number(fraction.padEnd(9, '0'))
  if (whole === '' || nanoUsd === 0)
    throw new UsageError(`A limit is dollars, such as 20 or 0.50, not "${word}"`)
  return nanoUsd
}

export function readScope(word: string): BudgetScope {
  if (word === 'all') return { kind: 'all' }
  const colon = word.indexOf(':')
  const value = word.slice(colon + 1)
  switch (value === '' ? '' : word.slice(0, Math.max(colon, 0))) {
    case 'provider':
      return { kind: 'provider', providerId: value }
    case 'model':
      return { kind: 'model', model: value }
    case 'key':
      return { kind: 'app-key', keyId: value }
    case 'project':
      return { kind: 'project', project: value }
    case 'feature':
      return { kind: 'feature', feature: value }
    default:
      throw new UsageError(
        `--scope takes all, provider:ID, model:PROVIDER/MODEL, key:ID, project:NAME or feature:NAME, not "${word}"`
      )
  }
}

export function scopeText(scope: BudgetScope): string {
  switch (scope.kind) {
    case 'all':
      return 'all'
    case 'provider':
      return `provider:${scope.providerId}`
    case 'model':
      return `model:${scope.model}`
    case 'app-key':
      return `key:${scope.keyId}`
    case 'project':
      return `project:${scope.project}`
    case 'feature':
      return `feature:${scope.feature}`
  }
}

/** `none` takes all of them away. */
export function readActions(words: readonly string[]): BudgetAction[] {
  if (words.length === 1 && words[0] === 'none') return []
  return words.map((word) => {
    if (word === 'on-device' || word === 'refuse') return { kind: word }
    if (word.startsWith('use:') && word.length > 4) return { kind: 'use-model', model: word.slice(4) }
    throw new UsageError(`--action takes use:MODEL, on-device, refuse or none, not "${word}"`)
  })
}

export const actionText = (action: BudgetAction): string =>
  action.kind === 'use-model' ? `use:${action.model}` : action.kind

export function readPercents(word: string): number[] {
  if (!/^\d{1,3}(,\d{1,3})*$/.test(word)) throw new UsageError('--warn-at takes percents, such as 50,80,100')
  return word.split(',').map(Number)
}
