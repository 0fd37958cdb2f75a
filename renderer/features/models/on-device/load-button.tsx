import { useState } from 'react'
import type { LocalModel } from '../../../../core/contract/local-models.ts'
import { Button } from '../../../components/button.tsx'
import { setLoaded } from './model-actions.ts'

/** Puts it into memory ahead of its first question, or takes it out. */
export function LoadButton({ model }: { model: LocalModel }) {
  const [busy, setBusy] = useState(false)
  const loaded = model.state === 'loaded'
  const loading = model.state === 'loading' || (busy && !loaded)
  const toggle = (): void => {
    setBusy(true)
    void setLoaded(model.id, !loaded).then(() => setBusy(false))
  }
  return (
    <Button
      disabled={busy || loading}
      aria-label={`${loaded ? 'Unload' : loading ? 'Loading' : 'Load'} ${model.name}`}
      onClick={toggle}
      className="w-20"
    >
      {loading ? 'Loading' : loaded ? 'Unload' : 'Load'}
    </Button>
  )
}
