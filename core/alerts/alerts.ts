import type { AlertRule, Notice, SaveAlert } from '../contract/alerts.ts'
import { HomeportError } from '../errors/homeport-error.ts'
import { newId } from '../lib/ids.ts'
import { deleteRule, putRule, readRules } from './alert-repository.ts'
import type { AlertSources, WatchedBudget } from './alert-sources.ts'
import { BUDGET_RULE_ID, builtInRules, isBuiltIn } from './built-in-rules.ts'
import { type InboxOptions, openInbox } from './inbox.ts'
import { measure } from './measure.ts'
import { budgetNews, newsOf } from './news.ts'
import { createRounds } from './rounds.ts'
import { nextStanding, type Standing, unjudged } from './standing.ts'
import { checkWebhookUrl } from './webhook.ts'

export interface AlertsOptions extends Omit<InboxOptions, 'now'> {
  sources: AlertSources
  /** Rules, how they stand, or what was read has changed. */
  onChange(): void
  /** Milliseconds UTC. */
  now?: () => number
}

/** A budget has reached one of the percents at which it tells. */
export interface BudgetThreshold {
  budget: WatchedBudget
  percent: number
  traceId: string | null
}

type Rule = Required<Pick<AlertRule, keyof SaveAlert>>

/** What is watched, how it stands, and what the person was told. */
export interface Alerts {
  list(): AlertRule[]
  /** Throws `bad-request` for a webhook that nothing is sent to. */
  create(rule: Rule): Promise<AlertRule>
  /** Judges anew from here. Throws `not-found`, `bad-request`. */
  update(id: string, rule: Rule): Promise<AlertRule>
  /** Throws `not-found`; `conflict` for one that is built in. */
  remove(id: string): Promise<void>
  /** Newest first. */
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

interface Watched {
  id: string
  rule: Rule
  standing: Standing
}

/** Rules and how they stand are in memory; the database has them for the next start. */
export function openAlerts(options: AlertsOptions): Alerts {
  const { store, sources, onChange, logger, now = Date.now } = options
  const inbox = openInbox({ ...options, now })
  const watched = new Map<string, Watched>()
  for (const { id, ...rule } of builtInRules) watched.set(id, { id, rule, standing: unjudged(now()) })
  for (const { id, definition, standing } of readRules(store.homeport))
    watched.set(id, { id, rule: definition, standing })

  const find = (id: string): Watched => {
    const one = watched.get(id)
    if (!one) throw new HomeportError('not-found', 'There is no such alert.')
    return one
  }

  const judge = async (one: Watched): Promise<void> => {
    const { rule, standing: before } = one
    if (rule.paused) return
    const measurement = await measure(rule, sources, now())
    const { standing, occasion } = nextStanding(rule, before, measurement.value, now())
    const after = { ...one, standing }
    if (isSettled(before, standing)) {
      one.standing = standing
      return
    }
    const kept = putRule({ id: one.id, definition: rule, standing })
    if (occasion === null || !tellsItself(one.id)) await store.write('homeport', [kept])
    else {
      const news = await newsOf(ruleOf(after), occasion, measurement, sources, now())
      await inbox.give(news, ruleOf(after), [kept])
    }
    one.standing = standing
    onChange()
  }

  const rounds = createRounds(async () => {
    for (const one of [...watched.values()]) {
      await judge(one).catch((error: unknown) =>
        logger.error({ error, rule: one.id }, 'An alert could not be judged')
      )
    }
  })

  /** Apart from rounds: one would write a rule back as it was. */
  const save = (id: string, rule: Rule): Promise<AlertRule> =>
    rounds.apart(async () => {
      if (rule.webhookUrl !== null) checkWebhookUrl(rule.webhookUrl)
      const { standing } = nextStanding(rule, unjudged(now()), null, now())
      await store.write('homeport', [putRule({ id, definition: rule, standing })])
      watched.set(id, { id, rule, standing })
      onChange()
      rounds.soon()
      return ruleOf({ id, rule, standing })
    })

  return {
    list: () => [...watched.values()].map(ruleOf),
    create: (rule) => save(newId(), rule),
    async update(id, rule) {
      if (isBuiltIn(id) && rule.kind !== find(id).rule.kind)
        throw new HomeportError('bad-request', 'What a built-in alert watches cannot be changed.', {
          param: 'kind',
          action: 'Make an alert of your own.'
        })
      find(id)
      return save(id, rule)
    },
    remove: (id) =>
      rounds.apart(async () => {
        find(id)
        if (isBuiltIn(id))
          throw new HomeportError('conflict', 'A built-in alert cannot be deleted.', { action: 'Pause it.' })
        await store.write('homeport', [deleteRule(id)])
        watched.delete(id)
        onChange()
      }),
    notices: inbox.list,
    markRead: inbox.markRead,
    budgetReached(threshold) {
      const rule = ruleOf(find(BUDGET_RULE_ID))
      rounds.soon()
      if (rule.paused) return
      budgetNews(threshold, sources, now())
        .then((news) => inbox.give(news, rule))
        .catch((error: unknown) => logger.error({ error }, 'That a budget is reached could not be told'))
    },
    callEnded: rounds.soon,
    begin: rounds.begin,
    evaluate: rounds.now,
    prune: inbox.prune,
    async close() {
      inbox.close()
      await rounds.end()
    }
  }
}

const ruleOf = ({ id, rule, standing }: Watched): AlertRule => ({
  ...rule,
  id,
  state: standing.state,
  stateSince: standing.since,
  value: standing.value,
  builtIn: isBuiltIn(id)
})

/** Budgets tell at the percents they name themselves; this rule only shows how the fullest stands. */
const tellsItself = (id: string): boolean => id !== BUDGET_RULE_ID

/** Nothing that has to outlive the process has changed. */
const isSettled = (before: Standing, after: Standing): boolean =>
  before.state === after.state &&
  before.since === after.since &&
  before.toldAt === after.toldAt &&
  before.calmSince === after.calmSince
