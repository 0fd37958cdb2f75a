import { ChevronRight, LibraryBig } from 'lucide-react'
import type { LocalModel } from '../../../../core/contract/local-models.ts'
import { localModels } from '../../../client/resources.ts'
import { formatRoute, navigate } from '../../../client/route.ts'
import { Button } from '../../../components/button.tsx'
import { formatBytes } from '../../../components/format/tokens.ts'
import { Notice } from '../../../components/notice.tsx'
import { Rows, Section } from '../../../components/screen-layout.tsx'
import { SkeletonRows } from '../../../components/skeleton.tsx'
import { StatusDot } from '../../../components/status-dot.tsx'
import { placeId } from '../place.ts'
import { AddModelButton } from './add-model-button.tsx'
import { stateWords } from './model-words.ts'
import { useLocalModels } from './use-local-models.ts'

/** So many in the overview; all are under Installed. */
const SHOWN = 4

/** The overview's part on models of this machine: which there are, and the two ways to more. */
export function OnThisMachine() {
  const { data, error } = useLocalModels()
  const browse = (
    <Button icon={<LibraryBig />} onClick={() => navigate('models', 'catalog')}>
      Browse the catalog
    </Button>
  )
  return (
    <Section
      title="On this machine"
      lead="Models that run inside Homeport, free and offline."
      action={
        <div className="flex gap-2">
          <AddModelButton />
          {data !== null && data.length > 0 && browse}
        </div>
      }
    >
      {data === null ? (
        error ? (
          <Notice tone="bad" action={<Button onClick={() => void localModels.refresh()}>Try again</Button>}>
            {error}
          </Notice>
        ) : (
          <SkeletonRows count={2} height={44} />
        )
      ) : data.length === 0 ? (
        <div className="flex items-center justify-between gap-4 rounded-lg border border-dashed border-line-strong px-4 py-4">
          <p className="text-s text-text-2">
            No model yet. The catalog shows which ones run well on this machine, and fetches them.
          </p>
          {browse}
        </div>
      ) : (
        <Rows>
          {lastUsedFirst(data)
            .slice(0, SHOWN)
            .map((model) => (
              <ModelLink key={model.id} model={model} />
            ))}
          {data.length > SHOWN && (
            <div className="py-1">
              <Button look="quiet" className="-ml-3" onClick={() => navigate('models', 'installed')}>
                All {data.length} installed
              </Button>
            </div>
          )}
        </Rows>
      )}
    </Section>
  )
}

function lastUsedFirst(models: readonly LocalModel[]): LocalModel[] {
  return models.toSorted((a, b) => (b.lastUsedAt ?? 0) - (a.lastUsedAt ?? 0))
}

function ModelLink({ model }: { model: LocalModel }) {
  const { tone, label } = stateWords[model.state]
  return (
    <a
      href={formatRoute({ screen: 'models', id: placeId({ show: 'model', id: model.id }) })}
      className="flex h-11 cursor-default items-center gap-3 hover:bg-hover"
    >
      <StatusDot tone={tone} />
      <span className="truncate font-medium">{model.name}</span>
      <span className="flex-1 truncate text-xs text-text-3">
        {[model.quantization, formatBytes(model.sizeBytes), label].filter(Boolean).join(' · ')}
      </span>
      <ChevronRight className="size-4 shrink-0 text-text-3" aria-hidden />
    </a>
  )
}
