import { ExternalLink } from 'lucide-react'
import { type FormEvent, useState } from 'react'
import type { Provider } from '../../../core/contract/models.ts'
import { AppRequestError, errorText } from '../../client/app-request-error.ts'
import { daemon } from '../../client/daemon.ts'
import { providers } from '../../client/resources.ts'
import { Button } from '../../components/button.tsx'
import { Field, SecretInput, TextInput } from '../../components/field.tsx'
import { Notice } from '../../components/notice.tsx'
import { Select } from '../../components/select.tsx'
import { openLink } from '../../components/system/open-link.ts'
import { freeProviderId, type ProviderPreset, pricingOptions } from './provider-presets.ts'

interface ProviderFormProps {
  /** What is filled in; for a new provider. */
  preset: ProviderPreset
  /** The one to change; absent for a new one. */
  existing?: Provider
  onSaved: (provider: Provider) => void
  onCancel?: () => void
}

/** Address and key of a model server. It is tested on saving; what the server says is shown as it said it. */
export function ProviderForm({ preset, existing, onSaved, onCancel }: ProviderFormProps) {
  const [name, setName] = useState(existing?.name ?? (preset.id === 'custom' ? '' : preset.name))
  const [baseUrl, setBaseUrl] = useState(existing?.baseUrl ?? preset.baseUrl)
  const [key, setKey] = useState('')
  const [pricing, setPricing] = useState(existing?.pricing ?? (preset.key === 'none' ? 'free' : 'auto'))
  const [modelText, setModelText] = useState('')
  const [busy, setBusy] = useState(false)
  const [problem, setProblem] = useState<{ text: string; canForce: boolean } | null>(null)

  const save = async (force: boolean): Promise<void> => {
    setBusy(true)
    setProblem(null)
    try {
      const models = modelText.split(/[\s,]+/).filter(Boolean)
      const shared = { baseUrl, pricing, force, ...(models.length > 0 ? { models } : {}) }
      const named = name.trim() === '' ? {} : { name: name.trim() }
      const secret = key === '' ? {} : { key }
      const saved = existing
        ? await daemon.invoke('PATCH /app/providers/:id', {
            params: { id: existing.id },
            body: { ...shared, ...named, ...secret }
          })
        : await daemon.invoke('POST /app/providers', {
            body: {
              id: freeProviderId(preset.id === 'custom' ? name : preset.id, takenIds()),
              ...shared,
              ...named,
              ...secret
            }
          })
      void providers.refresh()
      onSaved(saved)
    } catch (thrown) {
      // the daemon refuses what failed its test; everything else is wrong in another way
      const canForce = thrown instanceof AppRequestError && thrown.status === 400
      setProblem({ text: errorText(thrown), canForce })
    } finally {
      setBusy(false)
    }
  }

  const isCustom = preset.id === 'custom' || existing !== undefined
  const complete = baseUrl.trim() !== '' && (existing || preset.key !== 'required' || key.trim() !== '')
  const onSubmit = (event: FormEvent): void => {
    event.preventDefault()
    if (complete && !busy) void save(false)
  }

  return (
    <form onSubmit={onSubmit} className="flex flex-col gap-4">
      {isCustom && (
        <Field label="Name">
          {(control) => (
            <TextInput
              {...control}
              value={name}
              maxLength={80}
              placeholder="Company gateway"
              onChange={(event) => setName(event.target.value)}
            />
          )}
        </Field>
      )}
      <Field label="Base URL" hint="Speaks the OpenAI dialect; usually ends in /v1.">
        {(control) => (
          <TextInput
            {...control}
            className="font-mono"
            value={baseUrl}
            placeholder="https://example.com/v1"
            onChange={(event) => setBaseUrl(event.target.value)}
          />
        )}
      </Field>
      {preset.key !== 'none' && (
        <Field label={preset.key === 'required' ? 'Key' : 'Key, if it asks for one'} hint={keyHint(existing)}>
          {(control) => (
            <SecretInput {...control} value={key} onChange={(event) => setKey(event.target.value)} />
          )}
        </Field>
      )}
      {isCustom && (
        <>
          <Field label="Prices" hint="Which price list the costs of its calls are computed from.">
            {({ id }) => (
              <Select id={id} label="Prices" value={pricing} options={pricingOptions} onChange={setPricing} />
            )}
          </Field>
          <Field label="Models" hint="Only if the server has no list of its own. Separate them by spaces.">
            {(control) => (
              <TextInput
                {...control}
                value={modelText}
                placeholder={existing && existing.models.length > 0 ? `${existing.models.length} listed` : ''}
                onChange={(event) => setModelText(event.target.value)}
              />
            )}
          </Field>
        </>
      )}
      {problem && (
        <Notice
          tone="bad"
          action={
            problem.canForce && (
              <Button disabled={busy} onClick={() => void save(true)}>
                Save anyway
              </Button>
            )
          }
        >
          {problem.text}
        </Notice>
      )}
      <div className="mt-1 flex items-center gap-2">
        {preset.keyUrl && !existing && (
          <Button look="quiet" icon={<ExternalLink />} onClick={() => openLink(preset.keyUrl ?? '')}>
            Get a key
          </Button>
        )}
        <span className="flex-1" />
        {onCancel && (
          <Button look="quiet" onClick={onCancel}>
            Cancel
          </Button>
        )}
        <Button look="primary" type="submit" disabled={!complete || busy}>
          {busy ? 'Testing' : 'Test and save'}
        </Button>
      </div>
    </form>
  )
}

function takenIds(): string[] {
  return (providers.get() ?? []).map((provider) => provider.id)
}

function keyHint(existing: Provider | undefined): string {
  if (existing?.hasKey) return 'A key is stored. Leave this empty to keep it.'
  return 'Kept in your secrets store, never shown again, sent to this address only.'
}
