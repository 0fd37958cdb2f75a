import { useState } from 'react'
import { type Settings, settingsSchema } from '../../../core/contract/settings.ts'
import { attempt } from '../../client/app-request-error.ts'
import { useResource } from '../../client/resource.ts'
import { changeSettings, settings } from '../../client/resources.ts'
import { AutoNumber } from '../../components/auto-number.tsx'
import { ConfirmDialog } from '../../components/dialog.tsx'
import { Rows, Section, SettingRow } from '../../components/screen-layout.tsx'
import { showToast } from '../../components/toasts.tsx'

type Retention = Settings['retention']

const MOST_DAYS = 3650
const usual = settingsSchema.shape.retention.parse(undefined)

/** How long what was recorded is kept. Keeping less deletes, so it is asked about. */
export function RetentionSettings() {
  const kept = useResource(settings).data?.retention
  const [asked, setAsked] = useState<Retention | null>(null)
  const [refused, setRefused] = useState(0)
  if (!kept) return null
  const save = (retention: Retention): Promise<string | null> => attempt(() => changeSettings({ retention }))
  const change = (patch: Partial<Retention>): void => {
    const next = { ...kept, ...patch }
    if (keepsLess(kept, next)) setAsked(next)
    else void save(next).then((problem) => problem && showToast(problem))
  }
  return (
    <Section
      title="How long it is kept"
      lead="What is past its time is cleared away by itself. What calls cost stays booked."
    >
      {/* a change that was not confirmed is not to stay in its field */}
      <Rows key={refused}>
        <SettingRow label="Prompts and answers" hint="Older calls stay in Activity, without their texts.">
          <AutoNumber
            label="Days that prompts and answers are kept"
            unit="days"
            value={kept.bodyDays}
            chosen={String(usual.bodyDays)}
            min={1}
            max={MOST_DAYS}
            onCommit={(days) => change({ bodyDays: days ?? usual.bodyDays })}
          />
        </SettingRow>
        <SettingRow label="Calls" hint="Their tokens, times and time lines. Older ones leave Activity.">
          <AutoNumber
            label="Days that calls are kept"
            unit="days"
            value={kept.traceDays}
            chosen={String(usual.traceDays)}
            min={1}
            max={MOST_DAYS}
            onCommit={(days) => change({ traceDays: days ?? usual.traceDays })}
          />
        </SettingRow>
        <SettingRow
          label="Room for prompts and answers"
          hint="All of them together, compressed. The oldest go first."
        >
          <AutoNumber
            label="Room for prompts and answers"
            unit="MB"
            value={kept.bodyMegabytes}
            chosen={String(usual.bodyMegabytes)}
            min={10}
            max={1_000_000}
            onCommit={(megabytes) => change({ bodyMegabytes: megabytes ?? usual.bodyMegabytes })}
          />
        </SettingRow>
      </Rows>
      <ConfirmDialog
        open={asked !== null}
        onClose={() => {
          setAsked(null)
          setRefused(refused + 1)
        }}
        title="Keep less"
        confirm="Keep less"
        onConfirm={async () => asked && save(asked)}
      >
        What is older, or takes more room, is deleted for good.
      </ConfirmDialog>
    </Section>
  )
}

function keepsLess(before: Retention, after: Retention): boolean {
  return (
    after.bodyDays < before.bodyDays ||
    after.traceDays < before.traceDays ||
    after.bodyMegabytes < before.bodyMegabytes
  )
}
