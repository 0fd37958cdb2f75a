import type { Budget, SaveBudget } from '../../contract/budgets.ts'
import { HomeportError } from '../../errors/homeport-error.ts'
import { money } from '../amounts.ts'
import { dataDirOption, defineCommand, jsonOption, type OptionValues } from '../command.ts'
import { withConnection } from '../connect.ts'
import { localTime } from '../local-time.ts'
import { UsageError } from '../usage-error.ts'
import { actionText, readActions, readLimit, readPercents, readScope, scopeText } from './budget-words.ts'

const definitionOptions = {
  scope: {
    type: 'string',
    value: 'SCOPE',
    help: 'what it watches: all (default), provider:ID, model:PROVIDER/MODEL, key:ID, project:NAME, feature:NAME'
  },
  period: { type: 'string', value: 'P', help: 'day, week (from Monday) or month (default), in local time' },
  action: {
    type: 'string',
    multiple: true,
    value: 'ACTION',
    help: 'what is done when it is used up, the first that can be (repeated): use:MODEL, on-device, refuse. Without any you are only told'
  },
  'warn-at': { type: 'string', value: 'PERCENTS', help: 'when you are told (default: 80,100)' },
  'unknown-price': {
    type: 'string',
    value: 'W',
    help: 'allow (default) or refuse models without a known price'
  }
} as const
const pauseOptions = {
  pause: { type: 'boolean', help: 'let everything pass, and tell nobody' },
  resume: { type: 'boolean', help: 'hold again' }
} as const

export const budgetAddCommand = defineCommand({
  name: 'budget add',
  summary: 'say how much may be spent',
  args: ['NAME', 'DOLLARS'],
  options: { ...definitionOptions, ...dataDirOption },
  examples: [
    'homeport budget add "All in all" 50 --action refuse',
    'homeport budget add opus 2 --scope model:anthropic/claude-opus-4-5 --period day --action use:anthropic/claude-haiku-4-5 --action on-device'
  ],
  run: ({ args: [name = '', limit = ''], values, terminal, host }) => {
    const body: SaveBudget = {
      name,
      scope: { kind: 'all' },
      period: 'month',
      limitNanoUsd: readLimit(limit),
      ...changesIn(values)
    }
    return withConnection(values, host, async (connection) => {
      const budget = await connection.invoke('POST /app/budgets', { body })
      terminal.line(`${budget.name}: ${describe(budget)}.`)
      return 0
    })
  }
})

export const budgetListCommand = defineCommand({
  name: 'budget list',
  summary: 'list budgets, and what is left of each',
  args: [],
  options: { ...dataDirOption, ...jsonOption },
  examples: ['homeport budget list', 'homeport budget list --json'],
  run: ({ values, terminal, host }) =>
    withConnection(values, host, async (connection) => {
      const answer = await connection.invoke('GET /app/budgets')
      if (values.json) terminal.json(answer)
      else if (answer.budgets.length === 0)
        terminal.line('No budgets yet. Make one with: homeport budget add NAME DOLLARS')
      else
        terminal.table(
          ['Name', 'Watches', 'Period', 'Spent', 'Limit', 'Used', 'Set aside', 'Unknown', 'Action', 'Until'],
          answer.budgets.map(row)
        )
      return 0
    })
})

export const budgetSetCommand = defineCommand({
  name: 'budget set',
  summary: 'change a budget, at once',
  args: ['NAME'],
  options: {
    limit: { type: 'string', value: 'DOLLARS', help: 'how much may be spent' },
    ...definitionOptions,
    ...pauseOptions,
    ...dataDirOption
  },
  examples: ['homeport budget set "All in all" --limit 80', 'homeport budget set opus --pause'],
  run: ({ args: [typed = ''], values, terminal, host }) => {
    const changes: Partial<SaveBudget> = changesIn(values)
    if (values.limit !== undefined) changes.limitNanoUsd = readLimit(values.limit)
    if (values.pause && values.resume) throw new UsageError('--pause and --resume contradict each other.')
    if (values.pause || values.resume) changes.paused = values.pause === true
    if (Object.keys(changes).length === 0) throw new UsageError('Say what to change: see --help.')
    return withConnection(values, host, async (connection) => {
      const { budgets } = await connection.invoke('GET /app/budgets')
      const { id, ...before } = findBudget(budgets, typed)
      const body = { ...definitionOf(before), ...changes }
      const budget = await connection.invoke('PUT /app/budgets/:id', { params: { id }, body })
      terminal.line(`${budget.name}: ${describe(budget)}.`)
      return 0
    })
  }
})

export const budgetRemoveCommand = defineCommand({
  name: 'budget rm',
  summary: 'take a budget away; what was spent stays in the books',
  args: ['NAME'],
  options: dataDirOption,
  examples: ['homeport budget rm opus'],
  run: ({ args: [typed = ''], values, terminal, host }) =>
    withConnection(values, host, async (connection) => {
      const { budgets } = await connection.invoke('GET /app/budgets')
      const { id, name } = findBudget(budgets, typed)
      await connection.invoke('DELETE /app/budgets/:id', { params: { id } })
      terminal.line(`Removed ${name}.`)
      return 0
    })
})

function changesIn(values: OptionValues<typeof definitionOptions>): Partial<SaveBudget> {
  const { scope, period, action, 'warn-at': warnAt, 'unknown-price': unknownPrice } = values
  return {
    ...(scope !== undefined && { scope: readScope(scope) }),
    ...(period !== undefined && { period: oneOf('--period', period, ['day', 'week', 'month']) }),
    ...(action !== undefined && { actions: readActions(action) }),
    ...(warnAt !== undefined && { warnAt: readPercents(warnAt) }),
    ...(unknownPrice !== undefined && {
      unknownPrice: oneOf('--unknown-price', unknownPrice, ['allow', 'refuse'])
    })
  }
}

function oneOf<const T extends string>(option: string, word: string, known: readonly T[]): T {
  const found = known.find((one) => one === word)
  if (found === undefined) throw new UsageError(`${option} takes one of: ${known.join(', ')}`)
  return found
}

/** By id, or by a name that only one has. */
function findBudget(budgets: readonly Budget[], typed: string): Budget {
  const byId = budgets.find(({ id }) => id === typed)
  if (byId) return byId
  const named = budgets.filter(({ name }) => name === typed)
  const [only] = named
  if (only && named.length === 1) return only
  throw new HomeportError(
    'not-found',
    named.length > 1 ? `${named.length} budgets are named "${typed}"` : `There is no budget "${typed}"`,
    { action: 'Give the id, as shown by: homeport budget list --json' }
  )
}

const definitionOf = (budget: Omit<Budget, 'id'>): SaveBudget => {
  const { name, scope, limitNanoUsd, period, warnAt, actions, unknownPrice, paused } = budget
  return { name, scope, limitNanoUsd, period, warnAt, actions, unknownPrice, paused }
}

const describe = ({ limitNanoUsd, period, scope, spentNanoUsd, paused }: Budget): string =>
  `${money(limitNanoUsd)} a ${period} for ${scopeText(scope)}, ${money(spentNanoUsd)} of them spent${paused ? ', paused' : ''}`

const row = (budget: Budget): string[] => [
  budget.paused ? `${budget.name} (paused)` : budget.name,
  scopeText(budget.scope),
  budget.period,
  money(budget.spentNanoUsd),
  money(budget.limitNanoUsd),
  `${Math.floor((budget.spentNanoUsd / budget.limitNanoUsd) * 100)} %`,
  money(budget.reservedNanoUsd),
  budget.unknownPriceCalls === 0 ? '' : `${budget.unknownPriceCalls} calls`,
  budget.actions.map(actionText).join(', ') || 'only told',
  localTime(budget.periodEnd)
]
