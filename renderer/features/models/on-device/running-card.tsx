import type { ReactNode } from 'react'
import { useState } from 'react'
import type { RunningModel } from '../../../../core/contract/local-models.ts'
import { shortContext } from '../../../client/model-options.ts'
import { formatRoute } from '../../../client/route.ts'
import { Button } from '../../../components/button.tsx'
import { formatBytes } from '../../../components/format/tokens.ts'
import { StatusDot } from '../../../components/status-dot.tsx'
import { placeId } from '../place.ts'
import { setLoaded } from './model-actions.ts'
import { requestWords, unloadWords } from './running-words.ts'
import { useNow } from './use-now.ts'

/** A model in memory: what it takes, what it does, and when it leaves. */
export function RunningCard({ model }: { model: RunningModel }) {
  const now = useNow(10_000)
  const [busy, setBusy] = useState(false)
  const answering = model.active + model.waiting > 0
  const unload = (): void => {
    setBusy(true)
    void setLoaded(model.id, false).then(() => setBusy(false))
  }
  return (
    <article aria-label={model.name} className="rounded-lg border border-line bg-surface-2 py-3 pr-3 pl-4">
      <header className="flex h-8 items-center gap-2.5">
        <StatusDot tone={model.state === 'loading' || answering ? 'accent' : 'ok'} />
        <h3 className="truncate font-semibold">
          <a
            href={formatRoute({ screen: 'models', id: placeId({ show: 'model', id: model.id }) })}
            className="cursor-default rounded-sm hover:underline"
          >
            {model.name}
          </a>
        </h3>
        <span className="text-s text-text-2">{requestWords(model)}</span>
        <span className="flex-1" />
        <Button
          disabled={busy || model.state === 'loading'}
          aria-label={`Unload ${model.name}`}
          onClick={unload}
        >
          {busy ? 'Unloading' : 'Unload'}
        </Button>
      </header>
      <dl className="mt-2 flex flex-wrap gap-x-8 gap-y-2">
        <Fact label="Memory">{formatBytes(model.memoryBytes)}</Fact>
        <Fact label="Context">
          {shortContext(model.contextTokens)} tokens
          {model.parallel > 1 && ` × ${model.parallel}`}
        </Fact>
        <Fact label="GPU layers">{model.gpuLayers === 0 ? 'none' : model.gpuLayers}</Fact>
        <Fact label="Threads">{model.threads}</Fact>
        <Fact label="Leaves memory">{unloadWords(model, now)}</Fact>
      </dl>
    </article>
  )
}

function Fact({ label, children }: { label: string; children: ReactNode }) {
  return (
    <div>
      <dt className="text-xs text-text-3">{label}</dt>
      <dd className="text-s">{children}</dd>
    </div>
  )
}
