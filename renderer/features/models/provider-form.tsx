import { ExternalLink } from 'lucide-react'
import { type FormEvent, useState } from 'react'
import type { Provider, ProviderKind } from '../../../core/contract/models.ts'
import { AppRequestError, errorText } from '../../client/app-request-error.ts'
import { daemon } from '../../client/daemon.ts'
import { providers } from '../../client/resources.ts'
import { Button } from '../../components/button.tsx'
import { Field, TextInput } from '../../components/field.tsx'
import { Notice } from '../../components/notice.tsx'
import { Select } from '../../components/select.tsx'
import { openLink } from '../../components/system/open-link.ts'
import { KeyFields, splitKeys } from './key-fields.tsx'
import { pricingOptions } from './pricing-options.ts'
import { freeProviderId } from './provider-id.ts'
import { isCustom, isLocal, keyPage, kindName } from './provider-kinds.ts'

interface ProviderFormProps {
  kind: ProviderKind
  /** The one to change; absent for a new one. */
  existing?: Provider
  onSaved: (provider: Provider) => void
  onCancel?: () => void
}

/** Address, key and settings of a model server. It is tested on saving; what the server says is shown as it said it. */
export function ProviderForm({ kind, existing, onSaved, onCancel }: ProviderFormProps) {
  const custom = isCustom(kind)
  const [name, setName] = useState(existing?.name ?? (custom ? '' : kind.label))
  const [baseUrl, setBaseUrl] = useState(existing?.baseUrl ?? kind.defaultBaseUrl ?? '')
  const [keys, setKeys] = useState([''])
  const [options, setOptions] = useState<Record<string, string>>(existing?.options ?? {})
  const [pricing, setPricing] = useState(existing?.pricing ?? (isLocal(kind) ? 'free' : 'auto'))
  const [modelText, setModelText] = useState('')
  const [busy, setBusy] = useState(false)
  const [problem, setProblem] = useState<{ text: string; canForce: boolean } | null>(null)

  const save = async (force: boolean): Promise<void> => {
    setBusy(true)
    setProblem(null)
    try {
      const models = modelText.split(/[\s,]+/).filter(Boolean)
      const given = Object.entries(options).filter(([, value]) => value.trim() !== '')
      const body = {
        baseUrl,
        pricing,
        force,
        options: Object.fromEntries(given),
        ...(models.length > 0 ? { models } : {}),
        ...(name.trim() === '' ? {} : { name: name.trim() })
      }
      const saved = existing
        ? await daemon.invoke('PATCH /app/providers/:id', { params: { id: existing.id }, body })
        : await daemon.invoke('POST /app/providers', {
            body: {
              id: freeProviderId(custom ? name : kind.kind, takenIds()),
              kind: kind.kind,
              ...body,
              ...splitKeys(keys)
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

  const keyGiven = existing !== undefined || !kind.needsKey || keys.some((key) => key.trim() !== '')
  const optionsGiven = kind.options.every((option) => !option.required || options[option.name]?.trim())
  const complete = baseUrl.trim() !== '' && keyGiven && optionsGiven
  const onSubmit = (event: FormEvent): void => {
    event.preventDefault()
    if (complete && !busy) void save(false)
  }
  const page = keyPage(kind)

  return (
    <form onSubmit={onSubmit} className="flex flex-col gap-4">
      {(custom || existing) && (
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
      <Field label="Base URL" hint={addressHint(kind)}>
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
      {!existing && (
        <KeyFields
          label={kind.needsKey ? 'Key' : 'Key, if it asks for one'}
          hint="Kept in your secrets store, never shown again, sent to this address only."
          keys={keys}
          onChange={setKeys}
        />
      )}
      {kind.options.map((option) => (
        <Field
          key={option.name}
          label={option.required ? option.label : `${option.label}, if needed`}
          hint={option.hint}
        >
          {(control) => (
            <TextInput
              {...control}
              className="font-mono"
              value={options[option.name] ?? ''}
              onChange={(event) => setOptions({ ...options, [option.name]: event.target.value })}
            />
          )}
        </Field>
      ))}
      {(custom || existing) && (
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
        {page && !existing && (
          <Button look="quiet" className="-ml-3" icon={<ExternalLink />} onClick={() => openLink(page)}>
            Get a key
          </Button>
        )}
        <span className="flex-1" />
        {onCancel && (
          <Button look="quiet" onClick={onCancel}>
            {existing ? 'Cancel' : 'Back'}
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

function addressHint(kind: ProviderKind): string {
  if (isCustom(kind)) return 'Speaks the OpenAI dialect; usually ends in /v1.'
  if (kind.defaultBaseUrl === null) return `The address of your own ${kind.label} resource.`
  return isLocal(kind)
    ? `Where ${kindName(kind)} listens; this is its usual place.`
    : 'The vendor’s own. Change it only if you go through a proxy.'
}
