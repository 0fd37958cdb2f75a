import { useEffect, useMemo } from 'react'
import { formatRoute } from '../../../client/route.ts'
import { Button } from '../../../components/button.tsx'
import { classNames } from '../../../components/class-names.ts'
import { formatUsd, formatUsdExact } from '../../../components/format/money.ts'
import { formatDateTime, formatDurationShort } from '../../../components/format/time.ts'
import { formatCount, formatShortCount } from '../../../components/format/tokens.ts'
import { Notice } from '../../../components/notice.tsx'
import { Bar, Page } from '../../../components/screen-layout.tsx'
import { SkeletonRows } from '../../../components/skeleton.tsx'
import { StatusDot } from '../../../components/status-dot.tsx'
import { callStatus } from '../call-status.ts'
import { changeFilters, type Filters, filterQuery } from '../filters/filters.ts'
import { costWords, modelWords } from '../trace-words.ts'
import { ExportMenu } from './export-menu.tsx'
import type { Calls } from './recorded-calls.ts'
import { formatSpan, type SessionSums, sessionSums } from './session-sums.ts'
import { loadOlderTraces, useTraces } from './traces-store.ts'

/** Of a longer session, so many calls are shown and summed up. */
const MOST = 2000

interface SessionViewProps {
  session: string
  filters: Filters
  onChange: (filters: Filters) => void
}

/** The calls of one session in the order they were made, and what they come to. */
export function SessionView({ session, filters, onChange }: SessionViewProps) {
  const { traces, fresh, more, olderError } = useTraces()
  const count = traces?.length ?? 0
  const fetching = more && count < MOST && olderError === null
  // biome-ignore lint/correctness/useExhaustiveDependencies: after each page comes the next
  useEffect(() => {
    if (fetching) void loadOlderTraces()
  }, [fetching, count])
  const calls = useMemo(() => [...fresh, ...(traces ?? [])].slice(0, MOST).reverse(), [traces, fresh])
  const sums = useMemo(() => sessionSums(calls), [calls])
  return (
    <>
      <Bar>
        <h2 className="min-w-0 flex-1 truncate font-semibold">Session {session}</h2>
        <ExportMenu filters={filters} />
        <Button onClick={() => onChange(changeFilters(filters, { session: undefined }))}>
          Show all calls
        </Button>
      </Bar>
      <Page wide>
        <div className="flex flex-col gap-5">
          {traces === null ? (
            <SkeletonRows count={8} />
          ) : (
            <>
              <Sums sums={sums} />
              {more && !fetching && olderError === null && (
                <Notice>Shown and summed up are the newest {formatCount(MOST)} calls of this session.</Notice>
              )}
              {olderError && (
                <Notice tone="bad" action={<Button onClick={() => void loadOlderTraces()}>Try again</Button>}>
                  {olderError}
                </Notice>
              )}
              <SessionTable calls={calls} filters={filters} />
            </>
          )}
        </div>
      </Page>
    </>
  )
}

function Sums({ sums }: { sums: SessionSums }) {
  const { calls, failed, inputTokens, outputTokens, nanoUsd, unpriced, onDevice, busyMs, spanMs } = sums
  const apart = [
    unpriced > 0 && `${formatCount(unpriced)} without a price`,
    onDevice > 0 && `${formatCount(onDevice)} on this machine`
  ].filter(Boolean)
  const figures = [
    {
      label: 'Calls',
      value: formatCount(calls),
      note: failed > 0 ? `${formatCount(failed)} ended badly` : ''
    },
    {
      label: 'Tokens',
      value: `${formatShortCount(inputTokens)} → ${formatShortCount(outputTokens)}`,
      note: 'in → out',
      title: `${formatCount(inputTokens)} → ${formatCount(outputTokens)}`
    },
    {
      label: 'Cost',
      value: formatUsd(nanoUsd),
      note: apart.join(', '),
      title: formatUsdExact(nanoUsd)
    },
    { label: 'Time', value: formatSpan(spanMs), note: `${formatSpan(busyMs)} in calls` }
  ]
  return (
    <dl className="grid grid-cols-4 gap-6 border-b border-line pb-5 max-[1100px]:grid-cols-2">
      {figures.map(({ label, value, note, title }) => (
        <div key={label} className="min-w-0">
          <dt className="text-xs text-text-3">{label}</dt>
          <dd title={title} className="mt-0.5 truncate text-xl font-semibold tracking-[-0.01em]">
            {value}
          </dd>
          <dd className="mt-0.5 truncate text-s text-text-2">{note}</dd>
        </div>
      ))}
    </dl>
  )
}

const cell = 'pl-3 text-right whitespace-nowrap'

function SessionTable({ calls, filters }: { calls: Calls; filters: Filters }) {
  const first = calls[0]?.startedAt ?? 0
  return (
    <table aria-label="Calls of this session" className="w-full table-fixed text-s">
      <thead>
        <tr className="h-8 border-b border-line text-xs text-text-3">
          <th scope="col" className="w-[104px] text-left font-medium">
            After
          </th>
          <th scope="col" className="text-left font-medium">
            Call
          </th>
          <th scope="col" className={classNames(cell, 'w-[120px] font-medium max-[1000px]:hidden')}>
            Tokens
          </th>
          <th scope="col" className={classNames(cell, 'w-[76px] font-medium')}>
            Took
          </th>
          <th scope="col" className={classNames(cell, 'w-[96px] font-medium')}>
            Cost
          </th>
        </tr>
      </thead>
      <tbody>
        {calls.map((call) => (
          <tr key={call.id} className="h-[38px] border-b border-line text-text-2">
            <td title={formatDateTime(call.startedAt)} className="whitespace-nowrap text-text-3">
              {formatOffset(call.startedAt - first)}
            </td>
            <th scope="row" className="truncate text-left font-normal text-text-1">
              <a
                href={formatRoute({ screen: 'activity', id: call.id, query: filterQuery(filters) })}
                className="cursor-default rounded-sm hover:underline"
              >
                <span className="mr-2 align-middle">
                  <StatusDot {...callStatus[call.status]} />
                </span>
                {call.title || modelWords(call).text}
                <span className="pl-2 text-text-3">{modelWords(call).text}</span>
              </a>
            </th>
            <td className={classNames(cell, 'max-[1000px]:hidden')}>
              {call.usage &&
                `${formatCount(call.usage.input.total)} → ${formatCount(call.usage.output.total)}`}
            </td>
            <td className={cell}>{formatDurationShort(call.durationMs)}</td>
            <td className={cell}>{costWords(call)}</td>
          </tr>
        ))}
      </tbody>
    </table>
  )
}

/** How long after the first one: nothing for itself. */
function formatOffset(ms: number): string {
  return ms === 0 ? 'start' : `+ ${formatSpan(ms)}`
}
