import { CheckCheck, ListTree } from 'lucide-react'
import { type ReactNode, useState } from 'react'
import type { Notice as Given } from '../../../../core/contract/alerts.ts'
import { attempt } from '../../../client/app-request-error.ts'
import { daemon } from '../../../client/daemon.ts'
import { setKeyPaused } from '../../../client/pause-key.ts'
import { useResource } from '../../../client/resource.ts'
import { appKeys, notices } from '../../../client/resources.ts'
import { formatRoute, navigate } from '../../../client/route.ts'
import { Button, IconButton } from '../../../components/button.tsx'
import { classNames } from '../../../components/class-names.ts'
import { formatAgo, formatDateTime } from '../../../components/format/time.ts'
import { Notice } from '../../../components/notice.tsx'
import { Rows, Section } from '../../../components/screen-layout.tsx'
import { SkeletonRows } from '../../../components/skeleton.tsx'
import { StatusDot } from '../../../components/status-dot.tsx'
import { showToast } from '../../../components/toasts.tsx'
import { states } from './alert-words.ts'
import { PauseKeyDialog } from './pause-key-dialog.tsx'

/** So many at first; the rest on demand. */
const FIRST = 8

/** Everything the person was told, newest first, each with what can be done about it. */
export function NoticeList() {
  const { data, error } = useResource(notices)
  const [all, setAll] = useState(false)
  const [pausing, setPausing] = useState<string | null>(null)
  const shown = all ? data?.notices : data?.notices.slice(0, FIRST)
  return (
    <Section
      title="Inbox"
      action={
        data && data.unread > 0 ? (
          <Button icon={<CheckCheck />} onClick={() => markRead(null)}>
            Mark all as read
          </Button>
        ) : null
      }
    >
      {shown === undefined ? (
        error ? (
          <Notice tone="bad" action={<Button onClick={() => void notices.refresh()}>Try again</Button>}>
            {error}
          </Notice>
        ) : (
          <SkeletonRows count={3} height={72} />
        )
      ) : shown.length === 0 ? (
        <p className="border-y border-line py-5 text-s text-text-3">
          Nothing to tell. What the rules below notice comes here, and as a notification of your system.
        </p>
      ) : (
        <ul aria-label="Notices">
          <Rows>
            {shown.map((notice) => (
              <NoticeRow key={notice.id} notice={notice} onPauseKey={setPausing} />
            ))}
          </Rows>
        </ul>
      )}
      {data && !all && data.notices.length > FIRST && (
        <Button look="quiet" className="mt-2 -ml-3" onClick={() => setAll(true)}>
          Show all {data.notices.length}
        </Button>
      )}
      <PauseKeyDialog keyId={pausing} onClose={() => setPausing(null)} />
    </Section>
  )
}

function NoticeRow({ notice, onPauseKey }: { notice: Given; onPauseKey: (keyId: string) => void }) {
  const { id, at, state, title, text, traceId, readAt, steps } = notice
  const { tone, label } = states[state]
  const unread = readAt === null
  return (
    <li className="flex items-start gap-3 py-3">
      <span className="pt-1.5">
        <StatusDot tone={tone} label={label} />
      </span>
      <div className="min-w-0 flex-1">
        <div className="flex items-baseline gap-3">
          <h3 className={classNames('min-w-0 flex-1', unread ? 'font-semibold' : 'font-medium text-text-2')}>
            {title}
            {unread && <span className="sr-only">, unread</span>}
          </h3>
          <time title={formatDateTime(at)} className="shrink-0 text-xs text-text-3">
            {formatAgo(at, Date.now())}
          </time>
        </div>
        <p className="text-s [overflow-wrap:anywhere] text-text-2">{text}</p>
        {(steps.length > 0 || traceId) && (
          <div className="flex flex-wrap gap-2 pt-2">
            {steps.map((step) => (
              <Step key={`${step.kind} ${step.label}`} step={step} onPauseKey={onPauseKey} />
            ))}
            {traceId && (
              <LinkButton href={formatRoute({ screen: 'activity', id: traceId })} icon={<ListTree />}>
                Show the call
              </LinkButton>
            )}
          </div>
        )}
      </div>
      {unread && (
        <IconButton small label={`Mark as read: ${title}`} onClick={() => markRead(id)}>
          <CheckCheck />
        </IconButton>
      )}
    </li>
  )
}

function Step({ step, onPauseKey }: { step: Given['steps'][number]; onPauseKey: (keyId: string) => void }) {
  switch (step.kind) {
    case 'pause-key':
      return <PauseStep step={step} onPause={() => onPauseKey(step.keyId)} />
    case 'edit-alias':
      return <Button onClick={() => navigate('models', `alias-${step.alias}`)}>{step.label}</Button>
    case 'raise-budget':
      return (
        <Button onClick={() => navigate('costs', 'budgets', { change: step.budgetId })}>{step.label}</Button>
      )
    case 'open-provider':
      return <Button onClick={() => navigate('models', `provider-${step.providerId}`)}>{step.label}</Button>
  }
}

/** A key that is paused meanwhile can be resumed where it was paused. */
function PauseStep({
  step: { keyId, label },
  onPause
}: {
  step: Extract<Given['steps'][number], { kind: 'pause-key' }>
  onPause: () => void
}) {
  const key = useResource(appKeys).data?.find(({ id }) => id === keyId)
  if (!key || key.pausedAt === null) return <Button onClick={onPause}>{label}</Button>
  const resume = (): void =>
    void attempt(() => setKeyPaused(keyId, false)).then((problem) => problem && showToast(problem))
  return <Button onClick={resume}>Resume “{key.name}”</Button>
}

function LinkButton({ href, icon, children }: { href: string; icon: ReactNode; children: ReactNode }) {
  return (
    <a
      href={href}
      className="inline-flex h-8 cursor-default items-center gap-2 rounded-md px-3 text-s text-text-2 hover:bg-hover hover:text-text-1 [&_svg]:size-4"
    >
      {icon}
      {children}
    </a>
  )
}

/** One, or with null all of them. */
function markRead(id: string | null): void {
  void attempt(async () => {
    await daemon.invoke('POST /app/notices/read', { body: { id } })
    await notices.refresh()
  }).then((problem) => problem && showToast(problem))
}
