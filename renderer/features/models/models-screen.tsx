import { Bar, Content, Page } from '../../components/screen-layout.tsx'
import { DefaultModel } from './default-model.tsx'
import { DiscoveredServers } from './discovered-servers.tsx'
import { LocalModelList } from './local-model-list.tsx'
import { ProviderList } from './provider-list.tsx'

export function ModelsScreen() {
  return (
    <Content label="Models">
      <Bar>
        <h1 className="flex-1 font-semibold">Models</h1>
        <DefaultModel />
      </Bar>
      <Page>
        <ProviderList />
        <LocalModelList />
        <DiscoveredServers />
      </Page>
    </Content>
  )
}
