import { useState } from 'react'
import type { CacheStats } from '../../../core/contract/cache.ts'
import type { Settings } from '../../../core/contract/settings.ts'
import { attempt } from '../../client/app-request-error.ts'
import { daemon } from '../../client/daemon.ts'
import { useResource } from '../../client/resource.ts'
import { cacheStats, changeSettings, settings } from '../../client/resources.ts'
import { Button } from '../../components/button.tsx'
import { ConfirmDialog } from '../../components/dialog.tsx'
import { formatUsd } from '../../components/format/money.ts'
import { formatBytes, formatCount } from '../../components/format/tokens.ts'
import { Rows, Section, SettingRow } from '../../components/screen-layout.tsx'
import { Select } from '../../components/select.tsx'
import { SkeletonRows } from '../../components/skeleton.tsx'
import { Switch } from '../../components/switch.tsx'
import { showToast } from '../../components/toasts.tsx'
import { SimilarQuestions } from './similar-questions.tsx'

type Cache = Settings['cache']

const HOUR = 3600
const ages = [
  { value: String(HOUR / 12), label: '5 minutes' },
  { value: String(HOUR), label: '1 hour' },
  { value: String(24 * HOUR), label: '1 day' },
  { value: String(7 * 24 * HOUR), label: '1 week' },
  { value: String(30 * 24 * HOUR), label: '30 days' }
]
const sizes = [20, 50, 200, 1000].map((megabytes) => ({
  value: String(megabytes),
  label: formatBytes(megabytes * 1_000_000)
}))

/** Answers kept for the same request asked again: whether, how long, how many, and what it has saved. */
export function CacheSettings() {
  const { data } = useResource(settings)
  const stats = useResource(cacheStats).data
  const [clearing, setClearing] = useState(false)
  if (!data) return <SkeletonRows count={3} height={52} />
  const { cache } = data
  const change = (patch: Partial<Cache>): void =>
    void attempt(() => changeSettings({ cache: { ...cache, ...patch } })).then(
      (problem) => problem && showToast(problem)
    )
  return (
    <Section
      title="Answer cache"
      lead="The very same request gets the answer it got before: at once, and free."
      action={stats && stats.entries > 0 && <Button onClick={() => setClearing(true)}>Forget all</Button>}
    >
      <Rows>
        <SettingRow
          label="Keep answers"
          hint="Off: only for programs that ask for it, with the header x-homeport-cache: on."
        >
          <Switch label="Keep answers" checked={cache.enabled} onChange={(enabled) => change({ enabled })} />
        </SettingRow>
        <SimilarQuestions semantic={cache.semantic} onChange={(semantic) => change({ semantic })} />
        <SettingRow label="For how long">
          <Select
            label="For how long"
            value={String(cache.ttlSeconds)}
            options={withOwn(ages, String(cache.ttlSeconds), `${formatCount(cache.ttlSeconds)} s`)}
            onChange={(ttlSeconds) => change({ ttlSeconds: Number(ttlSeconds) })}
          />
        </SettingRow>
        <SettingRow label="At most" hint="Beyond it, the ones unused for longest go first.">
          <Select
            label="At most"
            value={String(cache.maxMegabytes)}
            options={withOwn(sizes, String(cache.maxMegabytes), formatBytes(cache.maxMegabytes * 1_000_000))}
            onChange={(maxMegabytes) => change({ maxMegabytes: Number(maxMegabytes) })}
          />
        </SettingRow>
      </Rows>
      <Saved stats={stats} />
      <ConfirmDialog
        open={clearing}
        onClose={() => setClearing(false)}
        title="Forget all kept answers"
        confirm="Forget all"
        onConfirm={() =>
          attempt(async () => {
            await daemon.invoke('DELETE /app/cache')
            await cacheStats.refresh()
          })
        }
      >
        {stats && `${formatCount(stats.entries)} answers, ${formatBytes(stats.bytes)}. `}
        The next calls go to their models again. Activity keeps what it recorded.
      </ConfirmDialog>
    </Section>
  )
}

/** What it has come to, in figures side by side. */
function Saved({ stats }: { stats: CacheStats | null }) {
  const asked = stats === null ? 0 : stats.hits + stats.misses
  const figures = [
    { label: 'Saved', value: stats && (stats.savedNanoUsd === 0 ? '–' : formatUsd(stats.savedNanoUsd)) },
    { label: 'Answered from it', value: stats && formatCount(stats.hits) },
    {
      label: 'Of all calls',
      value: stats && (asked === 0 ? '–' : `${Math.round((stats.hits / asked) * 100)} %`)
    },
    { label: 'Kept now', value: stats && `${formatCount(stats.entries)} in ${formatBytes(stats.bytes)}` }
  ]
  return (
    <dl className="mt-4 grid grid-cols-4 gap-4 max-[860px]:grid-cols-2">
      {figures.map(({ label, value }) => (
        <div key={label}>
          <dt className="text-xs text-text-3">{label}</dt>
          <dd className="h-6 text-l font-medium">{value}</dd>
        </div>
      ))}
    </dl>
  )
}

/** The usual choices, and the one that is set when it is none of them. */
function withOwn(options: { value: string; label: string }[], value: string, label: string) {
  return options.some((option) => option.value === value) ? options : [...options, { value, label }]
}
