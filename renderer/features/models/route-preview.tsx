import { useEffect, useId, useState } from 'react'
import type { RoutePreview } from '../../../core/contract/aliases.ts'
import { errorText } from '../../client/app-request-error.ts'
import { daemon } from '../../client/daemon.ts'
import { useResource } from '../../client/resource.ts'
import { appKeys } from '../../client/resources.ts'
import { Checkbox } from '../../components/checkbox.tsx'
import { Notice } from '../../components/notice.tsx'
import { Select } from '../../components/select.tsx'
import { RoutePreviewResult } from './route-preview-result.tsx'

const needs = [
  { name: 'hasImages', label: 'Images' },
  { name: 'hasTools', label: 'Tools' },
  { name: 'wantsJson', label: 'JSON' },
  { name: 'onDeviceOnly', label: 'On-device' }
] as const
type Need = (typeof needs)[number]['name']
const noNeeds: Record<Need, boolean> = {
  hasImages: false,
  hasTools: false,
  wantsJson: false,
  onDeviceOnly: false
}

interface RoutePreviewPanelProps {
  /** The alias, or `auto`; null while it was never saved. */
  model: string | null
  /** Looked at again when this changes. */
  version: unknown
  /** What is to be known of the answer. */
  note: string | null
}

/** Who would answer a request, and why: asked of the daemon's own routing while one types. Nothing is sent to a model. */
export function RoutePreviewPanel({ model, version, note }: RoutePreviewPanelProps) {
  const id = useId()
  const [prompt, setPrompt] = useState('')
  const [wanted, setWanted] = useState(noNeeds)
  const [appKeyId, setAppKeyId] = useState('')
  const [result, setResult] = useState<RoutePreview | null>(null)
  const [error, setError] = useState<string | null>(null)
  const keys = (useResource(appKeys).data ?? []).filter((key) => key.revokedAt === null)

  // biome-ignore lint/correctness/useExhaustiveDependencies: a new version asks again
  useEffect(() => {
    if (model === null) return
    let current = true
    const timer = setTimeout(() => {
      const body = { model, prompt, ...wanted, ...(appKeyId === '' ? {} : { appKeyId }) }
      daemon.invoke('POST /app/route-preview', { body }).then(
        (preview) => {
          if (!current) return
          setResult(preview)
          setError(null)
        },
        (thrown: unknown) => current && setError(errorText(thrown))
      )
    }, 200)
    return () => {
      current = false
      clearTimeout(timer)
    }
  }, [model, version, prompt, wanted, appKeyId])

  return (
    <section aria-label="Why this model" className="flex flex-col gap-3">
      <div>
        <h2 className="font-semibold">Why this model</h2>
        <p className="mt-0.5 text-s text-text-2">
          Type a prompt and see who would answer it. Nothing is sent.
        </p>
      </div>
      {model === null ? (
        <p className="rounded-lg border border-dashed border-line-strong px-4 py-4 text-s text-text-2">
          Save the alias first, then try it here.
        </p>
      ) : (
        <>
          <textarea
            aria-label="Prompt to try"
            value={prompt}
            rows={4}
            maxLength={200_000}
            placeholder="Why does this regular expression never end?"
            onChange={(event) => setPrompt(event.target.value)}
            className="control h-auto resize-y py-2 leading-5"
          />
          <fieldset className="flex flex-wrap gap-x-4">
            <legend className="sr-only">What the request has</legend>
            {needs.map(({ name, label }) => (
              <Checkbox
                key={name}
                label={label}
                checked={wanted[name]}
                onChange={(on) => setWanted({ ...wanted, [name]: on })}
              />
            ))}
          </fieldset>
          {keys.length > 0 && (
            <div className="flex items-center gap-3">
              <label htmlFor={id} className="text-s whitespace-nowrap text-text-2">
                Asked by
              </label>
              <Select
                id={id}
                label="Asked by"
                value={appKeyId}
                options={[
                  { value: '', label: 'this window' },
                  ...keys.map((key) => ({ value: key.id, label: key.name }))
                ]}
                onChange={setAppKeyId}
              />
            </div>
          )}
          {error && <Notice tone="bad">{error}</Notice>}
          {result && !error && <RoutePreviewResult result={result} note={note} />}
        </>
      )}
    </section>
  )
}
