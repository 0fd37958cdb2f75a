import { Library } from 'lucide-react'
import { type ReactNode, useState } from 'react'
import type { Source } from '../../../../core/contract/knowledge.ts'
import { attempt } from '../../../client/app-request-error.ts'
import { useResource } from '../../../client/resource.ts'
import { foundVaults } from '../../../client/resources.ts'
import { navigate } from '../../../client/route.ts'
import { Button } from '../../../components/button.tsx'
import { Bar, Page, Rows, Section } from '../../../components/screen-layout.tsx'
import { showToast } from '../../../components/toasts.tsx'
import { placeId } from '../place.ts'
import { AddSourceForm } from './add-source-form.tsx'
import { addSource } from './source-actions.ts'

/** The way to a source: a vault that was found here, or any folder. `first`: there is none yet. */
export function AddSourcePage({ first }: { first: boolean }) {
  const vaults = useResource(foundVaults).data ?? []
  const opened = ({ id, name }: Source): void => {
    navigate('knowledge', placeId({ show: 'source', id, tab: 'overview' }))
    showToast(`${name} is being indexed. It can be searched already.`)
  }
  return (
    <>
      <Bar>
        <h1 className="flex-1 font-semibold">{first ? 'Knowledge' : 'Add a folder'}</h1>
      </Bar>
      <Page>
        {first && <Welcome />}
        {vaults.length > 0 && (
          <Section title="Obsidian vaults found on this machine">
            <ul aria-label="Found vaults">
              <Rows>
                {vaults.map((vault) => (
                  <FoundVault key={vault.folder} {...vault} onAdded={opened} />
                ))}
              </Rows>
            </ul>
          </Section>
        )}
        <Section title={vaults.length > 0 ? 'Or any folder' : 'A folder'}>
          <AddSourceForm onAdded={opened} />
        </Section>
      </Page>
    </>
  )
}

function Welcome(): ReactNode {
  return (
    <div className="flex items-start gap-4">
      <div className="grid size-11 shrink-0 place-items-center rounded-lg bg-sunk text-text-2 [&>svg]:size-[22px]">
        <Library />
      </div>
      <div>
        <h2 className="text-l font-semibold">Answers from your own notes</h2>
        <p className="mt-1 max-w-[60ch] text-text-2">
          Point Homeport at an Obsidian vault or a folder. It can be searched within seconds, and answers in
          the chat cite the notes they come from. All of it stays on this machine, and nothing in the folder
          is changed.
        </p>
      </div>
    </div>
  )
}

interface FoundVaultProps {
  name: string
  folder: string
  onAdded: (source: Source) => void
}

function FoundVault({ name, folder, onAdded }: FoundVaultProps) {
  const [busy, setBusy] = useState(false)
  const add = async (): Promise<void> => {
    setBusy(true)
    const problem = await attempt(async () => onAdded(await addSource({ folder })))
    if (problem === null) return
    setBusy(false)
    showToast(problem)
  }
  return (
    <li className="flex min-h-14 items-center gap-4 py-2">
      <div className="min-w-0 flex-1">
        <div className="truncate font-medium">{name}</div>
        <div className="truncate font-mono text-xs text-text-3" title={folder}>
          {folder}
        </div>
      </div>
      <Button disabled={busy} aria-label={`Add ${name}`} onClick={() => void add()}>
        Add
      </Button>
    </li>
  )
}
