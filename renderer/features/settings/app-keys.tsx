import { KeyRound, Plus } from 'lucide-react'
import { useState } from 'react'
import type { AppKey } from '../../../core/contract/access.ts'
import { attempt } from '../../client/app-request-error.ts'
import { daemon } from '../../client/daemon.ts'
import { setKeyPaused } from '../../client/pause-key.ts'
import { useResource } from '../../client/resource.ts'
import { appKeys } from '../../client/resources.ts'
import { Button } from '../../components/button.tsx'
import { ConfirmDialog } from '../../components/dialog.tsx'
import { formatAgo, formatDateTime } from '../../components/format/time.ts'
import { Notice } from '../../components/notice.tsx'
import { Rows, Section } from '../../components/screen-layout.tsx'
import { SkeletonRows } from '../../components/skeleton.tsx'
import { showToast } from '../../components/toasts.tsx'
import { CreateKeyDialog } from './create-key-dialog.tsx'
import { KeyLimitsDialog } from './key-limits-dialog.tsx'
import { describeLimits } from './limit-words.ts'

export function AppKeys() {
  const { data, error } = useResource(appKeys)
  const [creating, setCreating] = useState(false)
  const [limiting, setLimiting] = useState<AppKey | null>(null)
  const [revoking, setRevoking] = useState<AppKey | null>(null)
  const active = data?.filter((key) => key.revokedAt === null) ?? []
  return (
    <Section
      title="App keys"
      lead="Every program gets its own key, so that Activity can tell them apart and you can cut one off."
      action={
        <Button icon={<Plus />} onClick={() => setCreating(true)}>
          Create a key
        </Button>
      }
    >
      {data === null ? (
        error ? (
          <Notice tone="bad" action={<Button onClick={() => void appKeys.refresh()}>Try again</Button>}>
            {error}
          </Notice>
        ) : (
          <SkeletonRows count={2} height={52} />
        )
      ) : active.length === 0 ? (
        <div className="rounded-lg border border-dashed border-line-strong px-4 py-4 text-s text-text-2">
          No key yet. Create one for the first program you want to connect.
        </div>
      ) : (
        <Rows>
          {active.map((key) => (
            <KeyRow
              key={key.id}
              appKey={key}
              onLimit={() => setLimiting(key)}
              onRevoke={() => setRevoking(key)}
            />
          ))}
        </Rows>
      )}
      <CreateKeyDialog open={creating} onClose={() => setCreating(false)} />
      <KeyLimitsDialog appKey={limiting} onClose={() => setLimiting(null)} />
      <ConfirmDialog
        open={revoking !== null}
        onClose={() => setRevoking(null)}
        title={`Revoke the key of ${revoking?.name ?? ''}`}
        confirm="Revoke"
        onConfirm={() =>
          attempt(() => daemon.invoke('DELETE /app/keys/:id', { params: { id: revoking?.id ?? '' } }))
        }
      >
        The program that uses it is refused at once. What it did stays in Activity.
      </ConfirmDialog>
    </Section>
  )
}

interface KeyRowProps {
  appKey: AppKey
  onLimit: () => void
  onRevoke: () => void
}

function KeyRow({ appKey, onLimit, onRevoke }: KeyRowProps) {
  const { id, name, prefix, createdAt, lastUsedAt, pausedAt, limits } = appKey
  const isPaused = pausedAt !== null
  const used = lastUsedAt === null ? 'never used' : `last used ${formatAgo(lastUsedAt, Date.now())}`
  const toggle = (): void =>
    void attempt(() => setKeyPaused(id, !isPaused)).then((problem) => problem && showToast(problem))
  return (
    <div className="flex min-h-[52px] items-center gap-3 py-2">
      <KeyRound className="size-4 shrink-0 text-text-3" aria-hidden />
      <div className="min-w-0 flex-1">
        <div className="truncate font-medium">
          {name}
          {isPaused && (
            <span className="pl-2 text-s font-normal text-warn-text">paused: calls are refused</span>
          )}
        </div>
        <div className="truncate text-xs text-text-3" title={`created ${formatDateTime(createdAt)}`}>
          <span className="font-mono">{prefix}…</span> · {used} · {describeLimits(limits)}
        </div>
      </div>
      <Button aria-label={`${isPaused ? 'Resume' : 'Pause'} ${name}`} onClick={toggle}>
        {isPaused ? 'Resume' : 'Pause'}
      </Button>
      <Button aria-label={`Limits of ${name}`} onClick={onLimit}>
        Limits
      </Button>
      <Button look="danger" aria-label={`Revoke ${name}`} onClick={onRevoke}>
        Revoke
      </Button>
    </div>
  )
}
