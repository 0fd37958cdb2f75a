import { type FormEvent, useState } from 'react'
import type { AppResponse } from '../../../../core/contract/app-routes.ts'
import { errorText } from '../../../client/app-request-error.ts'
import { daemon } from '../../../client/daemon.ts'
import { Button } from '../../../components/button.tsx'
import { Dialog } from '../../../components/dialog.tsx'
import { Field, TextInput } from '../../../components/field.tsx'
import { formatUsdExact } from '../../../components/format/money.ts'
import { formatCount } from '../../../components/format/tokens.ts'
import { Notice } from '../../../components/notice.tsx'
import { showToast } from '../../../components/toasts.tsx'
import { differenceWords } from '../cost-words.ts'
import { periodOf } from '../period.ts'

type Recomputation = AppResponse<'POST /app/prices/recompute'>

/** Prices past calls by today's prices: first what that would change, then, if wanted, for good. */
export function RecomputeDialog({ open, onClose }: { open: boolean; onClose: () => void }) {
  return (
    <Dialog open={open} onClose={onClose} title="Book history anew">
      <RecomputeForm onClose={onClose} />
    </Dialog>
  )
}

function RecomputeForm({ onClose }: { onClose: () => void }) {
  const [days, setDays] = useState(() => periodOf('month', new Date()))
  const [result, setResult] = useState<Recomputation | null>(null)
  const [busy, setBusy] = useState(false)
  const [error, setError] = useState<string | null>(null)
  const { from, until } = days
  const fits = from !== '' && until !== '' && from < until

  const run = async (apply: boolean): Promise<void> => {
    setBusy(true)
    setError(null)
    try {
      const answer = await daemon.invoke('POST /app/prices/recompute', { body: { from, until, apply } })
      if (apply) {
        onClose()
        showToast(`${formatCount(answer.changed)} calls are booked anew.`)
      } else setResult(answer)
    } catch (thrown) {
      setError(errorText(thrown))
    } finally {
      setBusy(false)
    }
  }
  const choose = (patch: { from?: string; until?: string }): void => {
    setDays({ ...days, ...patch })
    setResult(null)
  }
  return (
    <form
      className="flex flex-col gap-4"
      onSubmit={(event: FormEvent) => {
        event.preventDefault()
        void run(false)
      }}
    >
      <p className="text-text-2">
        Calls of these days are priced again, by the prices as they are now. What was booked at first is kept
        beside it.
      </p>
      <div className="grid grid-cols-2 gap-4">
        <Field label="From">
          {(control) => (
            <TextInput
              {...control}
              type="date"
              value={from}
              onChange={(event) => choose({ from: event.target.value })}
            />
          )}
        </Field>
        <Field label="Until before">
          {(control) => (
            <TextInput
              {...control}
              type="date"
              value={until}
              onChange={(event) => choose({ until: event.target.value })}
            />
          )}
        </Field>
      </div>
      {result && <Changes {...result} />}
      {error && <Notice tone="bad">{error}</Notice>}
      <div className="flex justify-end gap-2">
        <Button look="quiet" onClick={onClose}>
          Cancel
        </Button>
        {result !== null && result.changed > 0 ? (
          <Button look="primary" disabled={busy} onClick={() => void run(true)}>
            Book {formatCount(result.changed)} {result.changed === 1 ? 'call' : 'calls'} anew
          </Button>
        ) : (
          <Button look="primary" type="submit" disabled={busy || !fits}>
            See what changes
          </Button>
        )}
      </div>
    </form>
  )
}

function Changes({ calls, changed, bookedNanoUsd, correctedNanoUsd }: Recomputation) {
  if (changed === 0)
    return (
      <p role="status" className="text-s">
        Nothing changes: {formatCount(calls)} calls are booked as they should be.
      </p>
    )
  return (
    <div role="status">
      <dl className="divide-y divide-line border-y border-line text-s">
        <Line label={`Booked, ${formatCount(calls)} calls`} value={formatUsdExact(bookedNanoUsd)} />
        <Line label={`Corrected, ${formatCount(changed)} of them`} value={formatUsdExact(correctedNanoUsd)} />
        <Line label="Difference" value={differenceWords(bookedNanoUsd, correctedNanoUsd)} />
      </dl>
    </div>
  )
}

function Line({ label, value }: { label: string; value: string }) {
  return (
    <div className="flex h-9 items-center justify-between gap-4">
      <dt className="text-text-2">{label}</dt>
      <dd className="font-medium">{value}</dd>
    </div>
  )
}
