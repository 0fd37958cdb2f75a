import { HardDrive, LibraryBig } from 'lucide-react'
import { useEffect, useState } from 'react'
import type { LocalModel } from '../../../../core/contract/local-models.ts'
import { useResource } from '../../../client/resource.ts'
import { info, localModels } from '../../../client/resources.ts'
import { formatRoute, navigate } from '../../../client/route.ts'
import { Button } from '../../../components/button.tsx'
import { EmptyState } from '../../../components/empty-state.tsx'
import { formatBytes } from '../../../components/format/tokens.ts'
import { Notice } from '../../../components/notice.tsx'
import { Page, Section } from '../../../components/screen-layout.tsx'
import { SearchField } from '../../../components/search-field.tsx'
import { SkeletonRows } from '../../../components/skeleton.tsx'
import { AddModelButton } from './add-model-button.tsx'
import { InstalledTable } from './installed-table.tsx'
import { useLocalModels } from './use-local-models.ts'

/** Every model file that can be used here, wherever it lies. */
export function InstalledPage() {
  const { data, error } = useLocalModels()
  // no event says that a model was measured, or used by a program
  useEffect(() => void localModels.refresh(), [])
  if (data === null) {
    return (
      <Page wide>
        {error ? (
          <Notice tone="bad" action={<Button onClick={() => void localModels.refresh()}>Try again</Button>}>
            {error}
          </Notice>
        ) : (
          <SkeletonRows count={6} height={56} />
        )}
      </Page>
    )
  }
  if (data.length === 0) {
    return (
      <EmptyState
        icon={<HardDrive />}
        title="No model on this machine yet"
        action={
          <>
            <Button look="primary" icon={<LibraryBig />} onClick={() => navigate('models', 'catalog')}>
              Browse the catalog
            </Button>
            <AddModelButton />
          </>
        }
      >
        Download one that fits, or add a GGUF file you have. Models of Ollama, LM Studio and Jan show up here
        by themselves.
      </EmptyState>
    )
  }
  return (
    <Page wide>
      <Installed models={data} />
      <Folders />
    </Page>
  )
}

function Installed({ models }: { models: readonly LocalModel[] }) {
  const [search, setSearch] = useState('')
  const words = search.toLowerCase().split(/\s+/).filter(Boolean)
  const found = models.filter(({ id, name }) =>
    words.every((word) => `${name} ${id}`.toLowerCase().includes(word))
  )
  const bytes = models.reduce((sum, { sizeBytes }) => sum + sizeBytes, 0)
  return (
    <Section
      title="Installed"
      lead={`${models.length === 1 ? '1 model' : `${models.length} models`}, ${formatBytes(bytes)} on disk.`}
      action={
        <div className="flex gap-2">
          {models.length > 8 && (
            <div className="w-52">
              <SearchField label="Search installed" value={search} onSearch={setSearch} />
            </div>
          )}
          <AddModelButton />
        </div>
      }
    >
      <InstalledTable models={found} />
      {found.length === 0 && <p className="py-4 text-s text-text-3">No model of that name.</p>}
    </Section>
  )
}

/** Where files are looked for. */
function Folders() {
  const modelsDir = useResource(info).data?.modelsDir
  if (!modelsDir) return null
  return (
    <p className="-mt-5 text-xs [overflow-wrap:anywhere] text-text-3">
      Models folder: <span className="font-mono select-text">{modelsDir}</span>.{' '}
      <a
        href={formatRoute({ screen: 'settings', id: 'on-device' })}
        className="cursor-default text-accent-text hover:underline"
      >
        More folders and other programs
      </a>
    </p>
  )
}
