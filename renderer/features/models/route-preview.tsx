import { useId, useState } from 'react'
import { create } from 'zustand'
import type { RoutePreviewRequest } from '../../../core/contract/aliases.ts'
import { useResource } from '../../client/resource.ts'
import { appKeys } from '../../client/resources.ts'
import { Checkbox } from '../../components/checkbox.tsx'
import { Notice } from '../../components/notice.tsx'
import { RouteExplanation } from '../../components/route-explanation.tsx'
import { Select } from '../../components/select.tsx'
import { type Needs, usePreview } from './use-preview.ts'

const needs = [
  { name: 'hasImages', label: 'Images' },
  { name: 'hasTools', label: 'Tools' },
  { name: 'wantsJson', label: 'JSON' },
  { name: 'onDeviceOnly', label: 'On-device' }
] as const
const noNeeds: Needs = {
  hasImages: false,
  hasTools: false,
  wantsJson: false,
  onDeviceOnly: false
}

/** Stays while one saves, or goes from alias to alias to compare them. */
const useTriedPrompt = create(() => ({ prompt: '' }))

interface RoutePreviewPanelProps {
  /** `auto`, or an alias as it is written now; null while that could not be saved. Asked about again when it changes. */
  subject: Pick<RoutePreviewRequest, 'model' | 'draft'> | null
  /** What to do while there is no subject. */
  unready?: string
}

/** Who would answer a request, and why: asked of the daemon's own routing while one types. Nothing is sent to a model. */
export function RoutePreviewPanel({ subject, unready }: RoutePreviewPanelProps) {
  const id = useId()
  const { prompt } = useTriedPrompt()
  const [wanted, setWanted] = useState(noNeeds)
  const [appKeyId, setAppKeyId] = useState('')
  const { result, error } = usePreview(subject, prompt, wanted, appKeyId)
  const keys = (useResource(appKeys).data ?? []).filter((key) => key.revokedAt === null)

  return (
    <section aria-label="Why this model" className="flex flex-col gap-3">
      <div>
        <h2 className="font-semibold">Why this model</h2>
        <p className="mt-0.5 text-s text-text-2">
          Type a prompt and see who would answer it. Nothing is sent.
        </p>
      </div>
      {subject === null ? (
        <p className="rounded-lg border border-dashed border-line-strong px-4 py-4 text-s text-text-2">
          {unready}
        </p>
      ) : (
        <>
          <textarea
            aria-label="Prompt to try"
            value={prompt}
            rows={4}
            maxLength={200_000}
            placeholder="Why does this regular expression never end?"
            onChange={(event) => useTriedPrompt.setState({ prompt: event.target.value })}
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
          {result && !error && (
            <div aria-live="polite" className="rounded-lg bg-sunk p-4">
              <RouteExplanation route={result} />
            </div>
          )}
        </>
      )}
    </section>
  )
}
