import { Plus, X } from 'lucide-react'
import { useState } from 'react'
import type { LocalModel } from '../../../core/contract/local-models.ts'
import { attempt } from '../../client/app-request-error.ts'
import { daemon } from '../../client/daemon.ts'
import { useResource } from '../../client/resource.ts'
import { info, localModels } from '../../client/resources.ts'
import { Button, IconButton } from '../../components/button.tsx'
import { Dialog } from '../../components/dialog.tsx'
import { formatBytes, formatCount, formatParameters } from '../../components/format/tokens.ts'
import { Notice } from '../../components/notice.tsx'
import { Rows, Section } from '../../components/screen-layout.tsx'
import { SkeletonRows } from '../../components/skeleton.tsx'
import { type DotTone, StatusDot } from '../../components/status-dot.tsx'
import { showToast } from '../../components/toasts.tsx'
import { AddLocalModel } from './add-local-model.tsx'

const states: Record<LocalModel['state'], { tone: DotTone; label: string }> = {
  loading: { tone: 'accent', label: 'Loading' },
  ready: { tone: 'ok', label: 'ready' },
  loaded: { tone: 'accent', label: 'in memory' },
  broken: { tone: 'bad', label: 'cannot be used' },
  missing: { tone: 'warn', label: 'file is gone' }
}

export function LocalModelList() {
  const { data, error } = useResource(localModels)
  const modelsDir = useResource(info).data?.modelsDir
  const [adding, setAdding] = useState(false)
  return (
    <Section
      title="On this machine"
      lead="GGUF files run inside Homeport, free and offline."
      action={
        <Button icon={<Plus />} onClick={() => setAdding(true)}>
          Add a model file
        </Button>
      }
    >
      {data === null ? (
        error ? (
          <Notice tone="bad" action={<Button onClick={() => void localModels.refresh()}>Try again</Button>}>
            {error}
          </Notice>
        ) : (
          <SkeletonRows count={2} height={56} />
        )
      ) : data.length === 0 ? (
        <div className="rounded-lg border border-dashed border-line-strong px-4 py-4 text-s text-text-2">
          No model file yet. Add one by its path, or put it into the models folder.
        </div>
      ) : (
        <Rows>
          {data.map((model) => (
            <LocalModelRow key={model.id} model={model} />
          ))}
        </Rows>
      )}
      {modelsDir && (
        <p className="mt-2.5 text-xs [overflow-wrap:anywhere] text-text-3">
          Models folder: <span className="font-mono select-text">{modelsDir}</span>
        </p>
      )}
      <Dialog open={adding} onClose={() => setAdding(false)} title="Add a model file">
        <AddLocalModel
          onAdded={(model) => {
            setAdding(false)
            showToast(`${model.name} is ready to be asked.`)
          }}
        />
      </Dialog>
    </Section>
  )
}

function LocalModelRow({ model }: { model: LocalModel }) {
  const { tone, label } = states[model.state]
  const facts = [
    formatBytes(model.sizeBytes),
    model.parameters === null ? null : `${formatParameters(model.parameters)} parameters`,
    model.quantization,
    model.contextTokens === null ? null : `${formatCount(model.contextTokens)} tokens of context`,
    model.hasChatTemplate ? null : 'no chat template'
  ].filter((fact) => fact !== null)
  const forget = (): void => {
    void attempt(() => daemon.invoke('DELETE /app/local-models/:id', { params: { id: model.id } })).then(
      (problem) => {
        void localModels.refresh()
        showToast(problem ?? `${model.name} is forgotten. Its file stays where it is.`)
      }
    )
  }
  return (
    <div className="flex min-h-14 items-center gap-3 py-2">
      <StatusDot tone={tone} />
      <div className="min-w-0 flex-1">
        <div className="flex items-baseline gap-2">
          <span className="truncate font-medium">{model.name}</span>
          <span className="text-xs whitespace-nowrap text-text-3">{label}</span>
        </div>
        <div className="truncate text-xs text-text-3" title={model.path}>
          {facts.join(' · ')}
        </div>
        {model.problem && (
          <div className="mt-0.5 text-xs [overflow-wrap:anywhere] text-bad-text">{model.problem}</div>
        )}
      </div>
      {model.origin === 'added' && (
        <IconButton label={`Forget ${model.name}; the file stays`} onClick={forget}>
          <X />
        </IconButton>
      )}
    </div>
  )
}
