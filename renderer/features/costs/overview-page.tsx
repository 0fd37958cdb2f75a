import { CircleDollarSign } from 'lucide-react'
import { navigate } from '../../client/route.ts'
import { useAnswer } from '../../client/use-answer.ts'
import { Button } from '../../components/button.tsx'
import { EmptyState } from '../../components/empty-state.tsx'
import { Notice } from '../../components/notice.tsx'
import { Page } from '../../components/screen-layout.tsx'
import { SkeletonRows } from '../../components/skeleton.tsx'
import { CostTable } from './cost-table.tsx'
import { MonthFigures } from './month-figures.tsx'
import { periodOf } from './period.ts'
import { SpendSection } from './spend-section.tsx'
import type { View } from './view.ts'
import { ViewControls } from './view-controls.tsx'
import { WhatIf } from './what-if.tsx'

/** Where the money goes. */
export function OverviewPage({ view }: { view: View }) {
  const { from, until } = periodOf('year', new Date())
  const year = useAnswer(
    'GET /app/costs',
    { query: { by: 'provider', from, until, limit: 1 } },
    'trace-recorded'
  ).data?.total
  if (year?.calls === 0) return <NothingYet />
  return (
    <Page wide>
      <MonthFigures />
      <Spending view={view} />
    </Page>
  )
}

function Spending({ view }: { view: View }) {
  const period = periodOf(view.period, new Date())
  const { from, until } = period
  const { data, error, refresh } = useAnswer(
    'GET /app/costs',
    { query: { by: view.by, from, until, ...view.only } },
    'trace-recorded'
  )
  const none = data?.total.calls === 0
  return (
    <>
      <div className="-mt-3 flex flex-col gap-5">
        <ViewControls view={view} />
        {none ? (
          <p className="py-6 text-s text-text-3">No call of these in this time.</p>
        ) : (
          <SpendSection view={view} period={period} />
        )}
      </div>
      {error && (
        <Notice tone="bad" action={<Button onClick={refresh}>Try again</Button>}>
          {error}
        </Notice>
      )}
      {data === null && !error && <SkeletonRows count={5} height={38} />}
      {data !== null && !none && <CostTable costs={data} view={view} period={period} />}
      {data !== null && !none && <WhatIf view={view} period={period} />}
    </>
  )
}

function NothingYet() {
  return (
    <EmptyState
      icon={<CircleDollarSign />}
      title="Nothing spent yet"
      action={
        <>
          <Button look="primary" onClick={() => navigate('chat')}>
            Ask something
          </Button>
          <Button onClick={() => navigate('costs', 'budgets')}>Set a budget</Button>
        </>
      }
    >
      Every call is booked here to a billionth of a dollar, from the tokens the provider reports. Models on
      this machine cost nothing.
    </EmptyState>
  )
}
