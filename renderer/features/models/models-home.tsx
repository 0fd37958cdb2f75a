import { Download, Ellipsis, Upload } from 'lucide-react'
import { useState } from 'react'
import { useResource } from '../../client/resource.ts'
import { engine, localModels } from '../../client/resources.ts'
import { navigate } from '../../client/route.ts'
import { IconButton } from '../../components/button.tsx'
import { Menu, MenuItem } from '../../components/menu.tsx'
import { Bar } from '../../components/screen-layout.tsx'
import { ScreenTabs } from '../../components/tabs.tsx'
import { DefaultModel } from './default-model.tsx'
import { ExportDialog } from './export-dialog.tsx'
import { ImportDialog } from './import-dialog.tsx'
import { CatalogPage } from './on-device/catalog-page.tsx'
import { DownloadStrip } from './on-device/download-strip.tsx'
import { InstalledPage } from './on-device/installed-page.tsx'
import { RunningPage } from './on-device/running-page.tsx'
import { OverviewPage } from './overview-page.tsx'
import { placeId, type Tab, tabs } from './place.ts'

/** The Models screen's first level: where answers can come from, and all about models on this machine. */
export function ModelsHome({ tab }: { tab: Tab }) {
  const [dialog, setDialog] = useState<'export' | 'import' | null>(null)
  const installed = useResource(localModels).data?.length ?? null
  const running = useResource(engine).data?.models.length ?? null
  const close = (): void => setDialog(null)
  const open = (id: string): void =>
    navigate('models', placeId({ show: tabs.find((known) => known === id) ?? 'overview' }))
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
      <ScreenTabs
        label="Models"
        value={tab}
        onChange={open}
        banner={<DownloadStrip />}
        tabs={[
          { id: 'overview', label: 'Overview', content: <OverviewPage /> },
          { id: 'installed', label: 'Installed', count: installed, content: <InstalledPage /> },
          { id: 'catalog', label: 'Catalog', content: <CatalogPage /> },
          { id: 'running', label: 'Running', count: running, content: <RunningPage /> }
        ]}
      />
      <ExportDialog open={dialog === 'export'} onClose={close} />
      <ImportDialog open={dialog === 'import'} onClose={close} />
    </>
  )
}
