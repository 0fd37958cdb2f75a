import { describe, expect, it } from 'vitest'
import { alertKinds } from '../../../../core/contract/alerts.ts'
import { draftOf, newRule, type RuleDraft, readDraft, withKind } from './rule-draft.ts'

function rule(draft: RuleDraft) {
  const read = readDraft(draft)
  return 'rule' in read ? read.rule : null
}

describe('readDraft', () => {
  it('takes what is usual for every kind', () => {
    for (const kind of alertKinds) expect(rule(newRule(kind))?.kind).toBe(kind)
    expect(rule({ ...newRule('cost'), threshold: 2.5 })?.threshold).toBe(2_500_000_000)
  })

  it('names every field that is wrong', () => {
    const wrong: RuleDraft = {
      ...newRule('cost'),
      name: ' ',
      threshold: 0,
      windowMinutes: null,
      leastCalls: 0,
      only: 'app',
      webhookUrl: 'ftp://example.org'
    }
    const read = readDraft(wrong)
    expect('problems' in read && Object.keys(read.problems).sort()).toEqual([
      'leastCalls',
      'name',
      'subject',
      'threshold',
      'webhookUrl',
      'windowMinutes'
    ])
  })

  it('sends no webhook where none is named', () => {
    expect(rule({ ...newRule('latency'), webhookUrl: ' ' })?.webhookUrl).toBeNull()
  })
})

it('reads back what was saved', () => {
  const saved = {
    id: 'a1',
    name: 'One',
    kind: 'cost' as const,
    threshold: 5_000_000_000,
    windowMinutes: 60,
    leastCalls: 1,
    scope: { app: 'Claude Code', feature: 'titles', budgetId: 'b1' },
    renotifyMinutes: 1440,
    webhookUrl: 'https://example.org/hook',
    paused: true
  }
  const { id, ...body } = saved
  expect(rule(draftOf({ ...saved, state: 'ok', stateSince: 0, value: null, builtIn: false }))).toEqual(body)
})

it('keeps a name of the person’s own when the kind is changed, and takes what is usual for the rest', () => {
  expect(withKind(newRule('cost'), 'latency')).toEqual(newRule('latency'))
  expect(withKind({ ...newRule('cost'), name: 'Mine' }, 'error-rate')).toMatchObject({
    name: 'Mine',
    threshold: 10
  })
})

it('keeps what it was narrowed to where the other kind can be narrowed to it', () => {
  const narrowed: RuleDraft = { ...newRule('cost'), only: 'app', subject: 'Claude Code' }
  expect(withKind(narrowed, 'latency')).toMatchObject({ only: 'app', subject: 'Claude Code' })
  expect(withKind(narrowed, 'provider-down')).toEqual(newRule('provider-down'))
  expect(withKind({ ...newRule('budget'), budgetId: 'b1' }, 'cost')).toEqual(newRule('cost'))
})
