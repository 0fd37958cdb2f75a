import type { ReactNode } from 'react'
import { readNotePlace } from '../../client/knowledge/note-route.ts'
import { useResource } from '../../client/resource.ts'
import { sources as allSources } from '../../client/resources.ts'
import type { RouteQuery } from '../../client/route.ts'
import { Button } from '../../components/button.tsx'
import { Notice } from '../../components/notice.tsx'
import { Bar, Content, Page } from '../../components/screen-layout.tsx'
import { SkeletonRows } from '../../components/skeleton.tsx'
import { NotePage } from './note/note-page.tsx'
import { parsePlace } from './place.ts'
import { SearchPane } from './search/search-pane.tsx'
import { AddSourcePage } from './sources/add-source-page.tsx'
import { SourceOverview } from './sources/source-overview.tsx'
import { SourcePage } from './sources/source-page.tsx'

interface KnowledgeScreenProps {
  id: string | null
  query: RouteQuery | undefined
  footer: ReactNode
}

/** The person's notes and files: searched at the left, read and looked after at the right. */
export function KnowledgeScreen({ id, query, footer }: KnowledgeScreenProps) {
  const place = parsePlace(id)
  const open = place.show === 'note' ? readNotePlace(query) : null
  const { data: sources } = useResource(allSources)
  return (
    <>
      <SearchPane sources={sources} place={place} open={open} footer={footer} />
      <Content label="Knowledge">
        {open ? <NotePage place={open} /> : <PlaceOf id={id} query={query} />}
      </Content>
    </>
  )
}

function PlaceOf({ id, query }: Pick<KnowledgeScreenProps, 'id' | 'query'>) {
  const { data: sources, error } = useResource(allSources)
  const place = parsePlace(id)
  if (sources === null) return <NotLoaded error={error} />
  if (sources.length === 0 || place.show === 'add') return <AddSourcePage first={sources.length === 0} />
  const source = place.show === 'source' ? sources.find((known) => known.id === place.id) : undefined
  if (place.show === 'source' && source) return <SourcePage source={source} tab={place.tab} query={query} />
  return <SourceOverview sources={sources} />
}

function NotLoaded({ error }: { error: string | null }) {
  return (
    <>
      <Bar>
        <h1 className="font-semibold">Sources</h1>
      </Bar>
      <Page>
        {error ? (
          <Notice tone="bad" action={<Button onClick={() => void allSources.refresh()}>Try again</Button>}>
            {error}
          </Notice>
        ) : (
          <SkeletonRows count={3} height={72} />
        )}
      </Page>
    </>
  )
}
