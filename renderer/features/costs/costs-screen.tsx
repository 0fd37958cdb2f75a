import { useResource } from '../../client/resource.ts'
import { notices } from '../../client/resources.ts'
import { navigate, type RouteQuery } from '../../client/route.ts'
import { Bar, Content } from '../../components/screen-layout.tsx'
import { ScreenTabs } from '../../components/tabs.tsx'
import { AlertsPage } from './alerts/alerts-page.tsx'
import { BudgetsPage } from './budgets/budgets-page.tsx'
import { ExportCosts } from './export-costs.tsx'
import { OverviewPage } from './overview-page.tsx'
import { parseTab } from './place.ts'
import { PricesPage } from './prices/prices-page.tsx'
import { parseView } from './view.ts'

export function CostsScreen({ id, query }: { id: string | null; query?: RouteQuery | undefined }) {
  const tab = parseTab(id)
  const view = parseView(query)
  const unread = useResource(notices).data?.unread ?? null
  return (
    <Content label="Costs">
      <Bar>
        <h1 className="flex-1 font-semibold">Costs</h1>
        {tab === 'overview' && <ExportCosts view={view} />}
      </Bar>
      <ScreenTabs
        label="Costs"
        value={tab}
        onChange={(next) => navigate('costs', next === 'overview' ? null : next)}
        tabs={[
          { id: 'overview', label: 'Overview', content: <OverviewPage view={view} /> },
          { id: 'budgets', label: 'Budgets', content: <BudgetsPage change={query?.change ?? null} /> },
          { id: 'alerts', label: 'Alerts', count: unread, content: <AlertsPage /> },
          { id: 'prices', label: 'Prices', content: <PricesPage /> }
        ]}
      />
    </Content>
  )
}
