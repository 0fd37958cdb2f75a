import { useState } from 'react'
import type { LocalModel } from '../../../../core/contract/local-models.ts'
import { navigate } from '../../../client/route.ts'
import { Notice } from '../../../components/notice.tsx'
import { Bar, Page } from '../../../components/screen-layout.tsx'
import { SkeletonRows } from '../../../components/skeleton.tsx'
import { StatusDot } from '../../../components/status-dot.tsx'
import { BackToModels } from '../back-to-models.tsx'
import { TwoColumns } from '../two-columns.tsx'
import { ChatTemplate } from './chat-template.tsx'
import { LoadButton } from './load-button.tsx'
import { ModelFacts } from './model-facts.tsx'
import { ModelMenu } from './model-menu.tsx'
import { ModelSettings } from './model-settings.tsx'
import { isUsable, problemWords, stateWords } from './model-words.ts'
import { RemoveModelDialog } from './remove-model-dialog.tsx'
import { TryIt } from './try-it.tsx'
import { useLocalModels } from './use-local-models.ts'

/** All about one model of this machine: what it is, how it is run, and a place to try it. */
export function ModelPage({ id }: { id: string }) {
  const { data, error } = useLocalModels()
  const model = data?.find((known) => known.id === id)
  if (model) return <KnownModel model={model} />
  return (
    <>
      <Bar>
        <BackToModels to="installed" />
        <h1 className="flex-1 font-semibold">{data === null ? '' : 'No such model'}</h1>
      </Bar>
      <Page wide>
        {data !== null ? (
          <p className="text-text-2">Its file was deleted or moved. The others are under Installed.</p>
        ) : error ? (
          <Notice tone="bad">{error}</Notice>
        ) : (
          <SkeletonRows count={6} height={52} />
        )}
      </Page>
    </>
  )
}

function KnownModel({ model }: { model: LocalModel }) {
  const [removing, setRemoving] = useState(false)
  const { tone, label } = stateWords[model.state]
  const usable = isUsable(model)
  return (
    <>
      <Bar>
        <BackToModels to="installed" />
        <h1 className="truncate font-semibold">{model.name}</h1>
        <span className="inline-flex items-center gap-2 text-s whitespace-nowrap text-text-2">
          <StatusDot tone={tone} />
          {label}
        </span>
        <span className="flex-1" />
        {usable && <LoadButton model={model} />}
        <ModelMenu model={model} onPage onRemove={() => setRemoving(true)} />
      </Bar>
      <TwoColumns aside={usable ? <TryIt model={model} /> : null}>
        {!usable && <Notice tone={model.state === 'missing' ? 'warn' : 'bad'}>{problemWords(model)}</Notice>}
        <ModelFacts model={model} />
        {usable && <ModelSettings model={model} />}
        {usable && model.kind === 'chat' && <ChatTemplate model={model} />}
      </TwoColumns>
      <RemoveModelDialog
        model={removing ? model : null}
        onClose={() => setRemoving(false)}
        onRemoved={() => navigate('models', 'installed')}
      />
    </>
  )
}
