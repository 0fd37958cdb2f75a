import { Check } from 'lucide-react'
import { type ReactNode, useState } from 'react'
import type { AppKey } from '../../../core/contract/access.ts'
import { attempt, errorText } from '../../client/app-request-error.ts'
import { daemon } from '../../client/daemon.ts'
import { setKeyPaused } from '../../client/pause-key.ts'
import { useResource } from '../../client/resource.ts'
import { appKeys } from '../../client/resources.ts'
import { formatRoute } from '../../client/route.ts'
import { Button } from '../../components/button.tsx'
import { formatAgo } from '../../components/format/time.ts'
import { SettingRow } from '../../components/screen-layout.tsx'
import { Select } from '../../components/select.tsx'
import { StatusDot } from '../../components/status-dot.tsx'
import type { ConnectTool } from './connect-tool.ts'
import { useFirstCall } from './first-call.ts'
import type { MadeKeys } from './made-keys.ts'

interface KeyRowProps {
  tool: ConnectTool
  /** The id of a key; null for one still to be made. */
  chosen: string | null
  secrets: MadeKeys
  /** What stands in the set-up where a key is not known. */
  placeholder: string
  onChoose: (keyId: string | null) => void
  onMade: (keyId: string, secret: string) => void
}

/** The key of the program: one made here goes straight into the set-up, one that exists can only be named. */
export function KeyRow({ tool, chosen, secrets, placeholder, onChoose, onMade }: KeyRowProps) {
  const keys = (useResource(appKeys).data ?? []).filter((key) => key.revokedAt === null)
  const [busy, setBusy] = useState(false)
  const [error, setError] = useState<string | null>(null)
  const key = keys.find(({ id }) => id === chosen)

  const make = async (): Promise<void> => {
    setBusy(true)
    setError(null)
    try {
      const created = await daemon.invoke('POST /app/keys', { body: { name: tool.name } })
      await appKeys.refresh()
      onMade(created.key.id, created.secret)
    } catch (thrown) {
      setError(errorText(thrown))
    } finally {
      setBusy(false)
    }
  }

  const resume = async (id: string): Promise<void> => {
    setBusy(true)
    setError(await attempt(() => setKeyPaused(id, false)))
    setBusy(false)
  }

  return (
    <SettingRow
      label="Key"
      hint={error ? <span className="text-bad-text">{error}</span> : hintOf(key, secrets, placeholder)}
    >
      <span className="flex items-center gap-2 max-[1000px]:flex-col max-[1000px]:items-end">
        {keys.length > 0 && (
          <Select
            label="Key"
            value={chosen ?? ''}
            options={[
              { value: '', label: `A new one for ${tool.name}` },
              ...keys.map(({ id, name, prefix, pausedAt }) => ({
                value: id,
                label: name,
                hint: pausedAt === null ? `${prefix}…` : `${prefix}…, paused`
              }))
            ]}
            onChange={(id) => onChoose(id === '' ? null : id)}
          />
        )}
        {chosen === null && (
          <Button look="primary" disabled={busy} onClick={() => void make()}>
            Create the key
          </Button>
        )}
        {key && key.pausedAt !== null && (
          <Button disabled={busy} onClick={() => void resume(key.id)}>
            Resume it
          </Button>
        )}
      </span>
    </SettingRow>
  )
}

function hintOf(key: AppKey | undefined, secrets: MadeKeys, placeholder: string): ReactNode {
  if (!key) return 'Each program gets its own, so that Activity tells them apart and you can cut one off.'
  if (key.pausedAt !== null) return 'It is paused: its calls are refused until you resume it.'
  if (secrets[key.id]) return <MadeKey name={key.name} />
  return (
    <>
      Only its beginning is known here, <span className="font-mono">{key.prefix}…</span>: put it in for{' '}
      {placeholder}.{key.lastUsedAt !== null && ` Last used ${formatAgo(key.lastUsedAt, Date.now())}.`}
    </>
  )
}

/** A key that is in the set-up now, and whether the program has used it. */
function MadeKey({ name }: { name: string }) {
  const call = useFirstCall(name)
  return (
    <>
      It is in the set-up below until you leave this screen.
      <span role="status" className="mt-1 flex items-center gap-2">
        {call ? (
          <>
            <Check className="size-4 text-ok-text" />
            <a
              href={formatRoute({ screen: 'activity', id: call.id })}
              className="cursor-default rounded-sm text-accent-text hover:underline"
            >
              Its first call has come
            </a>
          </>
        ) : (
          <>
            <StatusDot tone="accent" />
            Waiting for its first call
          </>
        )}
      </span>
    </>
  )
}
