import { Ellipsis, Pause, Play, RefreshCw, Trash2 } from 'lucide-react'
import { useState } from 'react'
import type { Source } from '../../../../core/contract/knowledge.ts'
import { attempt } from '../../../client/app-request-error.ts'
import { navigate } from '../../../client/route.ts'
import { IconButton } from '../../../components/button.tsx'
import { ConfirmDialog } from '../../../components/dialog.tsx'
import { Menu, MenuItem } from '../../../components/menu.tsx'
import { removeSource, rescan, setPaused } from './source-actions.ts'

/** What can be done with a source, wherever it is shown. */
export function SourceMenu({ source }: { source: Source }) {
  const { id, name, folder, paused } = source
  const [removing, setRemoving] = useState(false)
  return (
    <>
      <Menu
        trigger={
          <IconButton small label={`Actions for ${name}`}>
            <Ellipsis />
          </IconButton>
        }
      >
        <MenuItem icon={paused ? <Play /> : <Pause />} onSelect={() => void setPaused(id, !paused)}>
          {paused ? 'Go on indexing' : 'Pause indexing'}
        </MenuItem>
        <MenuItem icon={<RefreshCw />} onSelect={() => void rescan(source)}>
          Check for changes
        </MenuItem>
        <MenuItem icon={<Trash2 />} danger onSelect={() => setRemoving(true)}>
          Remove
        </MenuItem>
      </Menu>
      <ConfirmDialog
        open={removing}
        onClose={() => setRemoving(false)}
        title={`Remove ${name}`}
        confirm="Remove"
        onConfirm={() =>
          attempt(async () => {
            await removeSource(id)
            navigate('knowledge')
          })
        }
      >
        Its index is deleted and nothing is found in it any more. The folder {folder} and all in it stay as
        they are.
      </ConfirmDialog>
    </>
  )
}
