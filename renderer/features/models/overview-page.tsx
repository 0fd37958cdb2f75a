import { Page } from '../../components/screen-layout.tsx'
import { AliasList } from './alias-list.tsx'
import { DiscoveredServers } from './discovered-servers.tsx'
import { OnThisMachine } from './on-device/on-this-machine.tsx'
import { ProviderList } from './provider-list.tsx'

/** Where answers can come from: providers, aliases over them, and this machine. */
export function OverviewPage() {
  return (
    <Page>
      <ProviderList />
      <AliasList />
      <OnThisMachine />
      <DiscoveredServers />
    </Page>
  )
}
