import { Page } from '../../../components/screen-layout.tsx'
import { NoticeList } from './notice-list.tsx'
import { RuleList } from './rule-list.tsx'

/** What was noticed, and what is watched. */
export function AlertsPage() {
  return (
    <Page wide>
      <NoticeList />
      <RuleList />
    </Page>
  )
}
