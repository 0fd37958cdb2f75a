import { type FormEvent, useState } from 'react'
import { type AppKey, keyLimitsSchema } from '../../../core/contract/access.ts'
import { attempt } from '../../client/app-request-error.ts'
import { daemon } from '../../client/daemon.ts'
import { appKeys } from '../../client/resources.ts'
import { Button } from '../../components/button.tsx'
import { Dialog } from '../../components/dialog.tsx'
import { Notice } from '../../components/notice.tsx'
import { NumberInput } from '../../components/number-input.tsx'
import { Rows, SettingRow } from '../../components/screen-layout.tsx'
import { Switch } from '../../components/switch.tsx'

interface KeyLimitsDialogProps {
  /** Null while no key's limits are open. */
  appKey: AppKey | null
  onClose: () => void
}

export function KeyLimitsDialog({ appKey, onClose }: KeyLimitsDialogProps) {
  return (
    <Dialog open={appKey !== null} onClose={onClose} title={`Limits of ${appKey?.name ?? ''}`}>
      {appKey && <LimitsForm appKey={appKey} onClose={onClose} />}
    </Dialog>
  )
}

function LimitsForm({ appKey, onClose }: { appKey: AppKey; onClose: () => void }) {
  const [limits, setLimits] = useState(appKey.limits)
  const [busy, setBusy] = useState(false)
  const [error, setError] = useState<string | null>(null)
  const checked = keyLimitsSchema.safeParse(limits)
  const wrong = (name: string): boolean =>
    checked.error?.issues.some(({ path: [field] }) => field === name) ?? false

  const save = async (event: FormEvent): Promise<void> => {
    event.preventDefault()
    if (!checked.success) return
    setBusy(true)
    const problem = await attempt(async () => {
      await daemon.invoke('PATCH /app/keys/:id', {
        params: { id: appKey.id },
        body: { limits: checked.data }
      })
      await appKeys.refresh()
    })
    setBusy(false)
    setError(problem)
    if (problem === null) onClose()
  }
  return (
    <form className="flex flex-col gap-4" onSubmit={(event) => void save(event)}>
      <Rows>
        <SettingRow
          label="Requests a minute"
          hint={wrong('requestsPerMinute') ? 'From 1 to 1,000,000.' : 'Empty: no limit.'}
        >
          <NumberInput
            className="w-32"
            aria-label="Requests a minute"
            aria-invalid={wrong('requestsPerMinute')}
            value={limits.requestsPerMinute}
            onChange={(requestsPerMinute) => setLimits({ ...limits, requestsPerMinute })}
          />
        </SettingRow>
        <SettingRow
          label="Tokens a minute"
          hint={
            wrong('tokensPerMinute') ? 'From 1 to 1,000,000,000.' : 'In and out together. Empty: no limit.'
          }
        >
          <NumberInput
            className="w-32"
            aria-label="Tokens a minute"
            aria-invalid={wrong('tokensPerMinute')}
            value={limits.tokensPerMinute}
            onChange={(tokensPerMinute) => setLimits({ ...limits, tokensPerMinute })}
          />
        </SettingRow>
        <SettingRow
          label="On-device only"
          hint="Its requests never leave this machine; other models are refused."
        >
          <Switch
            label="On-device only"
            checked={limits.onDeviceOnly}
            onChange={(onDeviceOnly) => setLimits({ ...limits, onDeviceOnly })}
          />
        </SettingRow>
      </Rows>
      <p className="text-s text-text-3">
        A call over the limit waits a while for its turn, then is refused with the time to come back.
      </p>
      {error && <Notice tone="bad">{error}</Notice>}
      <div className="flex justify-end gap-2">
        <Button look="quiet" onClick={onClose}>
          Cancel
        </Button>
        <Button look="primary" type="submit" disabled={busy || !checked.success}>
          Save
        </Button>
      </div>
    </form>
  )
}
