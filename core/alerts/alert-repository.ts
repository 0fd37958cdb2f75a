import {
  alertRuleSchema,
  type Notice,
  noticeSchema,
  type SaveAlert,
  saveAlertSchema
} from '../contract/alerts.ts'
import type { Reader, Statement } from '../store/store.ts'
import type { Standing } from './standing.ts'

export interface StoredRule {
  id: string
  definition: ReturnType<typeof saveAlertSchema.parse>
  standing: Standing
}

interface RuleRow {
  id: string
  definition: string
  state: string
  since: number
  value: number | null
  toldAt: number | null
  calmSince: number | null
}

/** The tables `alert_rules` and `notices`. */
export function readRules(reader: Reader): StoredRule[] {
  const rows = reader.all<RuleRow>(
    `SELECT id, definition, state, state_since AS since, value, told_at AS toldAt, calm_since AS calmSince
     FROM alert_rules ORDER BY id`
  )
  return rows.map(({ id, definition, state, ...standing }) => ({
    id,
    definition: saveAlertSchema.parse(JSON.parse(definition)),
    standing: { ...standing, state: alertRuleSchema.shape.state.parse(state) }
  }))
}

export function putRule({ id, definition, standing }: StoredRule): Statement {
  const { state, since, value, toldAt, calmSince } = standing
  return {
    sql: `
      INSERT INTO alert_rules (id, definition, state, state_since, value, told_at, calm_since)
      VALUES (?, ?, ?, ?, ?, ?, ?)
      ON CONFLICT (id) DO UPDATE SET definition = excluded.definition, state = excluded.state,
        state_since = excluded.state_since, value = excluded.value, told_at = excluded.told_at,
        calm_since = excluded.calm_since`,
    params: [id, JSON.stringify(definition satisfies SaveAlert), state, since, value, toldAt, calmSince]
  }
}

export const deleteRule = (id: string): Statement => ({
  sql: 'DELETE FROM alert_rules WHERE id = ?',
  params: [id]
})

interface NoticeRow extends Omit<Notice, 'steps' | 'kind' | 'state'> {
  kind: string
  state: string
  steps: string
}

/** Newest first. */
export function readNotices(reader: Reader, limit: number): Notice[] {
  const rows = reader.all<NoticeRow>(
    `SELECT id, at, rule_id AS ruleId, kind, state, title, text, trace_id AS traceId, steps, read_at AS readAt
     FROM notices ORDER BY id DESC LIMIT ?`,
    limit
  )
  return rows.map((row) => noticeSchema.parse({ ...row, steps: JSON.parse(row.steps) }))
}

export const countUnread = (reader: Reader): number =>
  reader.get<{ unread: number }>('SELECT count(*) AS unread FROM notices WHERE read_at IS NULL')?.unread ?? 0

export const putNotice = (notice: Notice): Statement => ({
  sql: `
    INSERT INTO notices (id, at, rule_id, kind, state, title, text, trace_id, steps, read_at)
    VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?)`,
  params: [
    notice.id,
    notice.at,
    notice.ruleId,
    notice.kind,
    notice.state,
    notice.title,
    notice.text,
    notice.traceId,
    JSON.stringify(notice.steps),
    notice.readAt
  ]
})

/** Changes nothing where it was read before, or is not there. Null: all of them. */
export const markRead = (id: string | null, now: number): Statement =>
  id === null
    ? { sql: 'UPDATE notices SET read_at = ? WHERE read_at IS NULL', params: [now] }
    : { sql: 'UPDATE notices SET read_at = ? WHERE read_at IS NULL AND id = ?', params: [now, id] }

/** Keeps the newest `kept`, as far as they are not older than `at`. */
export const deleteNotices = (at: number, kept: number): Statement => ({
  sql: `
    DELETE FROM notices
    WHERE at < ? OR id <= coalesce((SELECT id FROM notices ORDER BY id DESC LIMIT 1 OFFSET ?), '')`,
  params: [at, kept]
})
