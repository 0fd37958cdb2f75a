import type { AlertRule, Notice, SaveAlert } from '../contract/alerts.ts'
import { HomeportError } from '../errors/homeport-error.ts'
import { newId } from '../lib/ids.ts'
import type { Logger } from '../lib/logger.ts'
import type { Reader, Writer } from '../store/store.ts'
import {
  countUnread,
  deleteNotices,
  deleteRule,
  markRead,
  putNotice,
  putRule,
  readNotices,
  readRules
} from './alert-repository.ts'
import type { AlertSources, Period, WatchedBudget } from './alert-sources.ts'
import { BUDGET_RULE_ID, builtInRules, isBuiltIn } from './built-in-rules.ts'
import { type Measurement, measure, windowOf } from './measure.ts'
import { nextSteps } from './next-steps.ts'
import { budgetText, noticeText } from './notice-text.ts'
import { createRounds } from './rounds.ts'
import { nextStanding, type Occasion, type Standing, unjudged } from './standing.ts'
import { checkWebhookUrl, type PostWebhook } from './webhook.ts'

const NOTICES_KEPT = 1000
const NOTICES_KEPT_MS = 90 * 24 * 60 * 60 * 1000

export interface AlertsOptions {
  store: Writer & { readonly homeport: Reader }
  sources: AlertSources
  post: PostWebhook
  /** Rules, how they stand, or what was read has changed. */
  onChange(): void
  /** The person is told: it is on disk. `isUrgent`: worth interrupting them; news that something is over is not. */
  onNotice(notice: Notice, isUrgent: boolean): void
  logger: Logger
  /** Milliseconds UTC. */
  now?: () => number
}

/** A budget has reached one of the percents at which it tells. */
export interface BudgetThreshold {
  budget: WatchedBudget
  percent: number
  traceId: string | null
}

/** What is watched, how it stands, and what the person was told. */
export interface Alerts {
  list(): AlertRule[]
  create(rule: Rule): Promise<AlertRule>
  /** Judges anew from here. Throws `not-found`, `bad-request`. */
  update(id: string, rule: Rule): Promise<AlertRule>
  /** Throws `not-found`; `conflict` for one that is built in. */
  remove(id: string): Promise<void>
  notices(limit: number): { notices: Notice[]; unread: number }
  /** Null: all of them. */
  markRead(id: string | null): Promise<void>
  /** Nobody waits for it. */
  budgetReached(threshold: BudgetThreshold): void
  /** A call has ended, so numbers have changed: looks at them soon. Costs the call nothing. */
  callEnded(): void
  /** From now on looks every minute. */
  begin(): void
  /** Looks at every rule now. */
  evaluate(): Promise<void>
  /** Forgets old notices. `now` is in milliseconds UTC. */
  prune(now: number): Promise<void>
  close(): Promise<void>
}

type Rule = Required<Pick<AlertRule, keyof SaveAlert>>
interface Watched {
  id: string
  rule: Rule
  standing: Standing
}

/** Rules and their states are in memory; the database has them for the next start. */
export function openAlerts(options: AlertsOptions): Alerts {
  const { store, sources, post, onChange, onNotice, logger, now = Date.now } = options
  const watched = new Map<string, Watched>()
  for (const { id, ...rule } of builtInRules) watched.set(id, { id, rule, standing: unjudged(now()) })
  for (const { id, definition, standing } of readRules(store.homeport))
    watched.set(id, { id, rule: definition, standing })
  const closing = new AbortController()

  const ruleOf = ({ id, rule, standing }: Watched): AlertRule => ({
    ...rule,
    id,
    state: standing.state,
    stateSince: standing.since,
    value: standing.value,
    builtIn: isBuiltIn(id)
  })
  const statementOf = ({ id, rule, standing }: Watched) => putRule({ id, definition: rule, standing })

  const find = (id: string): Watched => {
    const one = watched.get(id)
    if (!one) throw new HomeportError('not-found', 'There is no such alert.')
    return one
  }

  const save = async (id: string, rule: Rule): Promise<AlertRule> => {
    if (rule.webhookUrl !== null) checkWebhookUrl(rule.webhookUrl)
    const standing = nextStanding(rule, unjudged(now()), null, now()).standing
    const saved = { id, rule, standing }
    await store.write('homeport', [statementOf(saved)])
    watched.set(id, saved)
    onChange()
    rounds.soon()
    return ruleOf(saved)
  }

  const budgetOf = (id: string | undefined): WatchedBudget | null =>
    sources.budgets().find((budget) => budget.id === id) ?? null

  const noticeOf = async (rule: AlertRule, occasion: Occasion, measurement: Measurement): Promise<Notice> => {
    const { scope } = measurement
    const budget = rule.kind === 'budget' ? budgetOf(scope.budgetId) : null
    const isOver = occasion === 'over'
    const period = rule.kind === 'no-data' ? ever(now()) : windowOf(rule, now())
    const call = isOver ? null : await sources.calls.behind(scope, period, culprit[rule.kind])
    return {
      ...noticeText(rule, occasion, measurement, budget),
      id: newId(),
      at: now(),
      ruleId: rule.id,
      kind: rule.kind,
      state: rule.state,
      traceId: call?.traceId ?? null,
      readAt: null,
      steps: isOver ? [] : nextSteps({ call, providerId: scope.provider, budget }, sources)
    }
  }

  /** What is on disk is told, and never what is not: a restart in between tells it once. */
  const tell = (notice: Notice, rule: Rule): void => {
    onNotice(notice, notice.state !== 'ok')
    if (rule.webhookUrl === null) return
    const { id, at, kind, state, title, text, traceId } = notice
    const body = { type: 'alert', id, at, kind, state, rule: rule.name, title, text, traceId }
    post(rule.webhookUrl, body, closing.signal).catch((error: unknown) => {
      if (!closing.signal.aborted) logger.warn({ error, rule: notice.ruleId }, 'A webhook was not reached')
    })
  }

  const judge = async (one: Watched): Promise<void> => {
    const { rule, standing: before } = one
    if (rule.paused) return
    const measurement = await measure(rule, sources, now())
    const { standing, occasion } = nextStanding(rule, before, measurement.value, now())
    // the rule was changed or deleted while it was measured
    if (watched.get(one.id) !== one) return
    const after = { ...one, standing }
    const isTold = occasion !== null && tellsItself(rule)
    const notice = isTold ? await noticeOf(ruleOf(after), occasion, measurement) : null
    if (isSettled(before, standing)) one.standing = standing
    else {
      await store.write('homeport', [statementOf(after), ...(notice ? [putNotice(notice)] : [])])
      one.standing = standing
      onChange()
    }
    if (notice) tell(notice, rule)
  }

  const rounds = createRounds(async () => {
    for (const one of [...watched.values()]) {
      await judge(one).catch((error: unknown) =>
        logger.error({ error, rule: one.id }, 'An alert could not be judged')
      )
    }
  })

  const tellBudget = async ({ budget, percent, traceId }: BudgetThreshold): Promise<void> => {
    const { rule } = find(BUDGET_RULE_ID)
    if (rule.paused) return
    const notice: Notice = {
      ...budgetText(budget, percent),
      id: newId(),
      at: now(),
      ruleId: BUDGET_RULE_ID,
      kind: 'budget',
      state: percent < 100 ? 'warning' : 'alert',
      traceId,
      readAt: null,
      steps: nextSteps({ call: null, providerId: undefined, budget }, sources)
    }
    await store.write('homeport', [putNotice(notice)])
    tell(notice, rule)
  }

  return {
    list: () => [...watched.values()].map(ruleOf),
    create: (rule) => save(newId(), rule),
    async update(id, rule) {
      const { rule: before } = find(id)
      if (isBuiltIn(id) && rule.kind !== before.kind)
        throw new HomeportError('bad-request', 'What a built-in alert watches cannot be changed.', {
          param: 'kind',
          action: 'Make an alert of your own.'
        })
      return save(id, rule)
    },
    async remove(id) {
      find(id)
      if (isBuiltIn(id))
        throw new HomeportError('conflict', 'A built-in alert cannot be deleted.', { action: 'Pause it.' })
      await store.write('homeport', [deleteRule(id)])
      watched.delete(id)
      onChange()
    },
    notices: (limit) => ({
      notices: readNotices(store.homeport, limit),
      unread: countUnread(store.homeport)
    }),
    async markRead(id) {
      await store.write('homeport', [markRead(id, now())])
      onChange()
    },
    budgetReached(threshold) {
      tellBudget(threshold).catch((error: unknown) =>
        logger.error({ error }, 'That a budget is reached could not be told')
      )
      rounds.soon()
    },
    callEnded: rounds.soon,
    begin: rounds.begin,
    evaluate: rounds.now,
    async prune(time) {
      await store.write('homeport', [deleteNotices(time - NOTICES_KEPT_MS, NOTICES_KEPT)])
    },
    async close() {
      closing.abort()
      await rounds.end()
    }
  }
}

const ever = (now: number): Period => ({ from: 0, until: now })

/** Which call shows best what is wrong. */
const culprit = {
  cost: 'cost',
  anomaly: 'cost',
  budget: 'cost',
  'error-rate': 'failure',
  'provider-down': 'failure',
  latency: 'duration',
  'no-data': 'newest'
} as const

/** Budgets tell at the percents they name; a rule about one of them tells at its own. */
const tellsItself = ({ kind, scope }: Rule): boolean => kind !== 'budget' || scope.budgetId !== undefined

/** Nothing that has to outlive the process has changed. */
const isSettled = (before: Standing, after: Standing): boolean =>
  before.state === after.state &&
  before.since === after.since &&
  before.toldAt === after.toldAt &&
  before.calmSince === after.calmSince
