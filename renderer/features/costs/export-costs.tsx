import { Download, List, Sigma } from 'lucide-react'
import { attempt } from '../../client/app-request-error.ts'
import { daemon } from '../../client/daemon.ts'
import { Button } from '../../components/button.tsx'
import { Menu, MenuItem } from '../../components/menu.tsx'
import { saveFile } from '../../components/system/save-file.ts'
import { showToast } from '../../components/toasts.tsx'
import { type Period, periodOf } from './period.ts'
import type { View } from './view.ts'

/** What the overview shows as a CSV file, to the nano-dollar: its sums, or every call behind them. */
export function ExportCosts({ view }: { view: View }) {
  const period = periodOf(view.period, new Date())
  const save = (calls: boolean): void =>
    void attempt(() => saveCsv(view, period, calls)).then((problem) => problem && showToast(problem))
  return (
    <Menu trigger={<Button icon={<Download />}>Export</Button>}>
      <MenuItem icon={<Sigma />} onSelect={() => save(false)}>
        Sums as CSV
      </MenuItem>
      <MenuItem icon={<List />} onSelect={() => save(true)}>
        Every call as CSV
      </MenuItem>
    </Menu>
  )
}

async function saveCsv({ by, only }: View, { from, until }: Period, calls: boolean): Promise<void> {
  const { csv } = await daemon.invoke('GET /app/costs/csv', {
    query: { by, from, until, ...only, calls: calls ? 'true' : 'false' }
  })
  saveFile(`homeport-costs-${from}${calls ? '-calls' : ''}.csv`, 'text/csv', csv)
}
