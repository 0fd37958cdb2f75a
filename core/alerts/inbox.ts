import type { AlertRule, Notice } from '../contract/alerts.ts'
import { newId } from '../lib/ids.ts'
import type { Logger } from '../lib/logger.ts'
import type { Reader, Statement, Writer } from '../store/store.ts'
import { countUnread, deleteNotices, markRead, putNotice, readNotices } from './alert-repository.ts'
import type { PostWebhook } from './webhook.ts'

const MOST_KEPT = 1000
const KEPT_MS = 90 * 24 * 60 * 60 * 1000

export interface InboxOptions {
  store: Writer & { readonly homeport: Reader }
  post: PostWebhook
  /** Something was read. */
  onChange(): void
  /** The person is told: it is on disk. State `ok`: something is over. */
  onNotice(notice: Notice): void
  logger: Logger
  /** Milliseconds UTC. */
  now: () => number
}

/** What the person was told. */
export interface Inbox {
  /** Keeps a notice of a rule, in one transaction with what has to be kept with it; then tells of it. */
  give(news: News, rule: Sender, statements?: readonly Statement[]): Promise<void>
  /** Newest first. */
  list(limit: number): { notices: Notice[]; unread: number }
  /** Null: all of them. */
  markRead(id: string | null): Promise<void>
  /** Forgets old ones. `now` is in milliseconds UTC. */
  prune(now: number): Promise<void>
  /** Gives up what is on its way to webhooks. */
  close(): void
}

export type News = Omit<Notice, 'id' | 'at' | 'ruleId' | 'kind' | 'readAt'>
export type Sender = Pick<AlertRule, 'id' | 'kind' | 'name' | 'webhookUrl'>

export function openInbox({ store, post, onChange, onNotice, logger, now }: InboxOptions): Inbox {
  const closing = new AbortController()

  const send = (notice: Notice, { name, webhookUrl }: Sender): void => {
    if (webhookUrl === null) return
    const { id, at, kind, state, title, text, traceId } = notice
    const body = { type: 'alert', id, at, kind, state, rule: name, title, text, traceId }
    post(webhookUrl, body, closing.signal).catch((error: unknown) => {
      if (!closing.signal.aborted) logger.warn({ error, rule: notice.ruleId }, 'A webhook was not reached')
    })
  }

  return {
    async give(news, rule, statements = []) {
      const notice = { ...news, id: newId(), at: now(), ruleId: rule.id, kind: rule.kind, readAt: null }
      // what is not on disk is not told: else a restart in between would tell it twice
      await store.write('homeport', [...statements, putNotice(notice)])
      onNotice(notice)
      send(notice, rule)
    },
    list: (limit) => ({ notices: readNotices(store.homeport, limit), unread: countUnread(store.homeport) }),
    async markRead(id) {
      await store.write('homeport', [markRead(id, now())])
      onChange()
    },
    async prune(time) {
      await store.write('homeport', [deleteNotices(time - KEPT_MS, MOST_KEPT)])
    },
    close: () => closing.abort()
  }
}
