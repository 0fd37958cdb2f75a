import { type AlertRule, type SaveAlert, saveAlertSchema } from '../../../../core/contract/alerts.ts'
import { type AlertKind, fromField, kinds, type ScopeName, scopeNames, toField } from './alert-words.ts'

/** A rule as a form holds it: what is not filled in yet is null or empty. */
export interface RuleDraft {
  name: string
  kind: AlertKind
  /** As the form shows it: dollars for money. */
  threshold: number | null
  windowMinutes: number | null
  leastCalls: number | null
  only: ScopeName | 'all'
  subject: string
  /** Of a rule about budgets; undefined: the fullest of all. */
  budgetId: string | undefined
  /** All else that calls are narrowed to. Kept until the person chooses which calls. */
  also: AlertRule['scope']
  renotifyMinutes: number
  webhookUrl: string
  /** Kept as it is: the form says nothing of it. */
  paused: boolean
}

/** A rule of a kind, with what is usual for it. */
export function newRule(kind: AlertKind): RuleDraft {
  const { usual, label } = kinds[kind]
  return {
    name: label,
    kind,
    threshold: toField(kind, usual.threshold),
    windowMinutes: usual.windowMinutes,
    leastCalls: usual.leastCalls,
    only: 'all',
    subject: '',
    budgetId: undefined,
    also: {},
    renotifyMinutes: 0,
    webhookUrl: '',
    paused: false
  }
}

/** The same rule of another kind: what was not changed by the person becomes what is usual for it. */
export function withKind(draft: RuleDraft, kind: AlertKind): RuleDraft {
  const name = draft.name === kinds[draft.kind].label ? kinds[kind].label : draft.name
  const usual = newRule(kind)
  const { threshold, windowMinutes, leastCalls } = usual
  const fits = draft.only === 'all' || kinds[kind].asks.scopes.includes(draft.only)
  const { only, subject } = fits ? draft : usual
  return { ...draft, kind, name, threshold, windowMinutes, leastCalls, only, subject, budgetId: undefined }
}

export function draftOf(rule: AlertRule): RuleDraft {
  const { name, kind, threshold, windowMinutes, leastCalls, scope, renotifyMinutes, webhookUrl, paused } =
    rule
  const only = scopeNames.find((part) => scope[part] !== undefined) ?? 'all'
  const { budgetId, ...calls } = scope
  const also = Object.fromEntries(Object.entries(calls).filter(([part]) => part !== only))
  return {
    name,
    kind,
    threshold: toField(kind, threshold),
    windowMinutes,
    leastCalls,
    only,
    subject: only === 'all' ? '' : (scope[only] ?? ''),
    budgetId,
    also,
    renotifyMinutes,
    webhookUrl: webhookUrl ?? '',
    paused
  }
}

export type RuleField = 'name' | 'threshold' | 'windowMinutes' | 'leastCalls' | 'subject' | 'webhookUrl'

/** The rule to save, or what is still wrong, by field. */
export function readDraft(
  draft: RuleDraft
): { rule: SaveAlert } | { problems: Partial<Record<RuleField, string>> } {
  const { kind, threshold, windowMinutes, leastCalls, only, subject, webhookUrl, budgetId, also } = draft
  const problems: Partial<Record<RuleField, string>> = {}
  if (draft.name.trim() === '') problems.name = 'Give it a name.'
  if (threshold === null || threshold <= 0) problems.threshold = 'A number above 0.'
  if (windowMinutes === null || windowMinutes < 1 || windowMinutes > 44_640)
    problems.windowMinutes = 'From 1 to 44,640 minutes (31 days).'
  if (leastCalls === null || leastCalls < 1 || leastCalls > 100_000)
    problems.leastCalls = 'From 1 to 100,000.'
  if (only !== 'all' && subject.trim() === '') problems.subject = 'Say which.'
  if (webhookUrl.trim() !== '' && !/^https?:$/.test(protocolOf(webhookUrl.trim())))
    problems.webhookUrl = 'An address that begins with https:// or http://.'
  if (Object.keys(problems).length > 0) return { problems }
  const read = saveAlertSchema.safeParse({
    name: draft.name,
    kind,
    threshold: fromField(kind, threshold ?? 0),
    windowMinutes,
    leastCalls,
    scope: {
      ...also,
      ...(budgetId !== undefined && { budgetId }),
      ...(only !== 'all' && { [only]: subject.trim() })
    },
    renotifyMinutes: draft.renotifyMinutes,
    webhookUrl: webhookUrl.trim() === '' ? null : webhookUrl.trim(),
    paused: draft.paused
  })
  return read.success ? { rule: read.data } : { problems: { name: 'One of these is too long or too large.' } }
}

function protocolOf(url: string): string {
  return URL.canParse(url) ? new URL(url).protocol : ''
}
