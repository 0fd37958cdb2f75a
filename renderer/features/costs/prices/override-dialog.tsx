import { type FormEvent, useState } from 'react'
import type { PriceRow } from '../../../../core/contract/prices.ts'
import { attempt } from '../../../client/app-request-error.ts'
import { daemon } from '../../../client/daemon.ts'
import { priceOverrides } from '../../../client/resources.ts'
import { Button } from '../../../components/button.tsx'
import { Dialog } from '../../../components/dialog.tsx'
import { Field, TextInput } from '../../../components/field.tsx'
import { Notice } from '../../../components/notice.tsx'
import { NumberInput } from '../../../components/number-input.tsx'
import {
  askedRates,
  newOverride,
  type OverrideDraft,
  type OverrideField,
  overrideOf,
  readOverride
} from './override-draft.ts'
import { rateLabels } from './price-words.ts'

interface OverrideDialogProps {
  /** The price it begins as; null: closed. */
  row: PriceRow | 'new' | null
  onClose: () => void
  onSaved: () => void
}

export function OverrideDialog({ row, onClose, onSaved }: OverrideDialogProps) {
  return (
    <Dialog
      open={row !== null}
      onClose={onClose}
      title={row === 'new' || row === null ? 'Set a price' : `Your price of ${row.model}`}
    >
      {row !== null && <OverrideForm row={row === 'new' ? null : row} onClose={onClose} onSaved={onSaved} />}
    </Dialog>
  )
}

function OverrideForm({
  row,
  onClose,
  onSaved
}: Omit<OverrideDialogProps, 'row'> & { row: PriceRow | null }) {
  const [draft, setDraft] = useState<OverrideDraft>(() => (row ? overrideOf(row) : newOverride))
  const [tried, setTried] = useState(false)
  const [busy, setBusy] = useState(false)
  const [error, setError] = useState<string | null>(null)
  const read = readOverride(draft)
  const problems: Partial<Record<OverrideField, string>> = tried && 'problems' in read ? read.problems : {}
  const change = (patch: Partial<OverrideDraft>): void => setDraft({ ...draft, ...patch })

  const save = async (event: FormEvent): Promise<void> => {
    event.preventDefault()
    setTried(true)
    if (!('override' in read)) return
    setBusy(true)
    const problem = await attempt(async () => {
      await daemon.invoke('PUT /app/prices/overrides', { body: read.override })
      await priceOverrides.refresh()
    })
    setBusy(false)
    setError(problem)
    if (problem !== null) return
    onSaved()
    onClose()
  }
  return (
    <form className="flex flex-col gap-4" onSubmit={(event) => void save(event)}>
      {row === null && (
        <div className="grid grid-cols-2 gap-4">
          <Field label="Vendor" hint="As in the table: openai." error={problems.vendor ?? null}>
            {(control) => (
              <TextInput
                {...control}
                value={draft.vendor}
                maxLength={60}
                onChange={(event) => change({ vendor: event.target.value })}
              />
            )}
          </Field>
          <Field label="Model" error={problems.model ?? null}>
            {(control) => (
              <TextInput
                {...control}
                value={draft.model}
                maxLength={300}
                onChange={(event) => change({ model: event.target.value })}
              />
            )}
          </Field>
        </div>
      )}
      <fieldset>
        <legend className="pb-2 text-s text-text-2">
          Dollars per million tokens. Cache rates left empty cost what input does.
        </legend>
        <div className="grid grid-cols-2 gap-4">
          {askedRates.map((rate) => (
            <Field
              key={rate}
              label={rateLabels.find(({ name }) => name === rate)?.label ?? rate}
              error={(rate === 'input' || rate === 'output' ? problems[rate] : null) ?? null}
            >
              {(control) => (
                <NumberInput
                  {...control}
                  decimals
                  unit="$"
                  className="w-full"
                  value={draft.usd[rate]}
                  onChange={(usd) => change({ usd: { ...draft.usd, [rate]: usd } })}
                />
              )}
            </Field>
          ))}
        </div>
      </fieldset>
      <div className="grid grid-cols-2 gap-4">
        <Field label="First day" hint="Empty: always.">
          {(control) => (
            <TextInput
              {...control}
              type="date"
              value={draft.from}
              onChange={(event) => change({ from: event.target.value })}
            />
          )}
        </Field>
        <Field label="No more from" hint="Empty: from then on." error={problems.until ?? null}>
          {(control) => (
            <TextInput
              {...control}
              type="date"
              value={draft.until}
              onChange={(event) => change({ until: event.target.value })}
            />
          )}
        </Field>
      </div>
      {error && <Notice tone="bad">{error}</Notice>}
      <div className="flex justify-end gap-2">
        <Button look="quiet" onClick={onClose}>
          Cancel
        </Button>
        <Button look="primary" type="submit" disabled={busy}>
          Save
        </Button>
      </div>
    </form>
  )
}
