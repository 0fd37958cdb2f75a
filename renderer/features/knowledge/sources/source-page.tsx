import { MessageSquare, RefreshCw } from 'lucide-react'
import type { Source } from '../../../../core/contract/knowledge.ts'
import { navigate, type RouteQuery } from '../../../client/route.ts'
import { Button } from '../../../components/button.tsx'
import { Notice } from '../../../components/notice.tsx'
import { Bar, Page } from '../../../components/screen-layout.tsx'
import { StatusDot } from '../../../components/status-dot.tsx'
import { ScreenTabs } from '../../../components/tabs.tsx'
import { placeId, type SourceTab, sourceTabs } from '../place.ts'
import { FilesPage } from './files-page.tsx'
import { ReportPage } from './report-page.tsx'
import { rescan } from './source-actions.ts'
import { SourceFacts } from './source-facts.tsx'
import { SourceMenu } from './source-menu.tsx'
import { SourceProgress } from './source-progress.tsx'
import { SourceSettings } from './source-settings.tsx'
import { sourceStatus } from './source-words.ts'

interface SourcePageProps {
  source: Source
  tab: SourceTab
  query: RouteQuery | undefined
}

/** All about one source. */
export function SourcePage({ source, tab, query }: SourcePageProps) {
  const { id, name, problem, state } = source
  const { tone, label } = sourceStatus(source)
  const open = (next: string): void => {
    const known = sourceTabs.find((one) => one === next) ?? 'overview'
    navigate('knowledge', placeId({ show: 'source', id, tab: known }))
  }
  return (
    <>
      <Bar>
        <h1 className="truncate font-semibold">{name}</h1>
        <span className="inline-flex flex-1 items-center gap-2 text-s whitespace-nowrap text-text-2">
          <StatusDot tone={tone} />
          {label}
        </span>
        <Button icon={<MessageSquare />} onClick={() => navigate('chat', null, { in: id })}>
          Ask
        </Button>
        <Button icon={<RefreshCw />} onClick={() => void rescan(source)}>
          Check for changes
        </Button>
        <SourceMenu source={source} />
      </Bar>
      <ScreenTabs
        label={name}
        value={tab}
        onChange={open}
        tabs={[
          {
            id: 'overview',
            label: 'Overview',
            content: (
              <Page>
                {problem !== null && <Notice tone={state === 'failed' ? 'bad' : 'warn'}>{problem}</Notice>}
                <SourceProgress source={source} />
                <SourceFacts source={source} />
                <SourceSettings key={id} source={source} />
              </Page>
            )
          },
          {
            id: 'files',
            label: 'Files',
            count: source.documents,
            content: <FilesPage key={id} source={source} query={query} />
          },
          { id: 'report', label: 'Report', content: <ReportPage key={id} source={source} /> }
        ]}
      />
    </>
  )
}
