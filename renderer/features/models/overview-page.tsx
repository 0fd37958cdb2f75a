import { Download, Ellipsis, Upload } from 'lucide-react'
import { useState } from 'react'
import { IconButton } from '../../components/button.tsx'
import { Menu, MenuItem } from '../../components/menu.tsx'
import { Bar, Page } from '../../components/screen-layout.tsx'
import { AliasList } from './alias-list.tsx'
import { DefaultModel } from './default-model.tsx'
import { DiscoveredServers } from './discovered-servers.tsx'
import { ExportDialog } from './export-dialog.tsx'
import { ImportDialog } from './import-dialog.tsx'
import { LocalModelList } from './local-model-list.tsx'
import { ProviderList } from './provider-list.tsx'

/** Where answers can come from: providers, aliases over them, and this machine. */
export function OverviewPage() {
  const [dialog, setDialog] = useState<'export' | 'import' | null>(null)
  const close = (): void => setDialog(null)
  return (
    <>
      <Bar>
        <h1 className="flex-1 font-semibold">Models</h1>
        <DefaultModel />
        <Menu
          trigger={
            <IconButton label="Configuration">
              <Ellipsis />
            </IconButton>
          }
        >
          <MenuItem icon={<Upload />} onSelect={() => setDialog('export')}>
            Export the configuration
          </MenuItem>
          <MenuItem icon={<Download />} onSelect={() => setDialog('import')}>
            Import a configuration
          </MenuItem>
        </Menu>
      </Bar>
      <Page>
        <ProviderList />
        <AliasList />
        <LocalModelList />
        <DiscoveredServers />
      </Page>
      <ExportDialog open={dialog === 'export'} onClose={close} />
      <ImportDialog open={dialog === 'import'} onClose={close} />
    </>
  )
}
