import { Ellipsis, Pencil, Plus, Trash2 } from 'lucide-react'
import { useState } from 'react'
import type { Provider } from '../../../core/contract/models.ts'
import { attempt } from '../../client/app-request-error.ts'
import { daemon } from '../../client/daemon.ts'
import { useResource } from '../../client/resource.ts'
import { providers } from '../../client/resources.ts'
import { Button, IconButton } from '../../components/button.tsx'
import { ConfirmDialog } from '../../components/dialog.tsx'
import { formatAgo } from '../../components/format/time.ts'
import { Menu, MenuItem } from '../../components/menu.tsx'
import { Notice } from '../../components/notice.tsx'
import { Rows, Section } from '../../components/screen-layout.tsx'
import { SkeletonRows } from '../../components/skeleton.tsx'
import { StatusDot } from '../../components/status-dot.tsx'
import { showToast } from '../../components/toasts.tsx'
import { countModels, ProviderDialog } from './provider-dialog.tsx'

export function ProviderList() {
  const { data, error } = useResource(providers)
  const [dialog, setDialog] = useState<{ existing: Provider | null } | null>(null)
  const [removing, setRemoving] = useState<Provider | null>(null)
  const add = (
    <Button icon={<Plus />} onClick={() => setDialog({ existing: null })}>
      Add a provider
    </Button>
  )
  return (
    <Section
      title="Providers"
      lead="Model servers that speak the OpenAI dialect, with your own keys. Only calls you make go there."
      action={data && data.length > 0 ? add : null}
    >
      {data === null ? (
        error ? (
          <Notice tone="bad" action={<Button onClick={() => void providers.refresh()}>Try again</Button>}>
            {error}
          </Notice>
        ) : (
          <SkeletonRows count={3} height={56} />
        )
      ) : data.length === 0 ? (
        <div className="flex items-center justify-between gap-4 rounded-lg border border-dashed border-line-strong px-4 py-4">
          <p className="text-s text-text-2">
            No provider yet. With a key from one of them you can ask its models in a minute.
          </p>
          {add}
        </div>
      ) : (
        <Rows>
          {data.map((provider) => (
            <ProviderRow
              key={provider.id}
              provider={provider}
              onEdit={() => setDialog({ existing: provider })}
              onRemove={() => setRemoving(provider)}
            />
          ))}
        </Rows>
      )}
      <ProviderDialog
        open={dialog !== null}
        existing={dialog?.existing ?? null}
        onClose={() => setDialog(null)}
      />
      <ConfirmDialog
        open={removing !== null}
        onClose={() => setRemoving(null)}
        title={`Remove ${removing?.name ?? ''}`}
        confirm="Remove"
        onConfirm={() =>
          attempt(() => daemon.invoke('DELETE /app/providers/:id', { params: { id: removing?.id ?? '' } }))
        }
      >
        Its key is deleted from the secrets store. Chats and recorded calls stay.
      </ConfirmDialog>
    </Section>
  )
}

interface ProviderRowProps {
  provider: Provider
  onEdit: () => void
  onRemove: () => void
}

function ProviderRow({ provider, onEdit, onRemove }: ProviderRowProps) {
  const [testing, setTesting] = useState(false)
  const { lastTest } = provider
  const test = async (): Promise<void> => {
    setTesting(true)
    const problem = await attempt(async () => {
      const result = await daemon.invoke('POST /app/providers/:id/test', { params: { id: provider.id } })
      showToast(
        result.ok ? `${provider.name} answers: ${countModels(result.models.length)}.` : result.message
      )
      await providers.refresh()
    })
    setTesting(false)
    if (problem) showToast(problem)
  }
  return (
    <div className="flex min-h-14 items-center gap-3 py-2">
      <StatusDot
        tone={lastTest === null ? 'idle' : lastTest.ok ? 'ok' : 'bad'}
        label={lastTest === null ? 'not tested' : lastTest.ok ? 'works' : 'failed its last test'}
      />
      <div className="min-w-0 flex-1">
        <div className="flex items-baseline gap-2">
          <span className="truncate font-medium">{provider.name}</span>
          <span className="text-xs whitespace-nowrap text-text-3">
            {countModels(provider.models.length)}
            {provider.hasKey ? ' · key stored' : ' · no key'}
          </span>
        </div>
        <div className="truncate font-mono text-xs text-text-3" title={provider.baseUrl}>
          {provider.baseUrl}
        </div>
        {lastTest && !lastTest.ok && (
          <div className="mt-0.5 text-xs [overflow-wrap:anywhere] text-bad-text">{lastTest.message}</div>
        )}
      </div>
      <span className="text-xs whitespace-nowrap text-text-3 max-[860px]:hidden">
        {lastTest?.ok &&
          `${lastTest.latencyMs === null ? 'worked' : `${Math.round(lastTest.latencyMs)} ms`}, ${formatAgo(lastTest.at, Date.now())}`}
      </span>
      <Button disabled={testing} onClick={() => void test()}>
        {testing ? 'Testing' : 'Test'}
      </Button>
      <Menu
        trigger={
          <IconButton label={`Actions for ${provider.name}`}>
            <Ellipsis />
          </IconButton>
        }
      >
        <MenuItem icon={<Pencil />} onSelect={onEdit}>
          Change
        </MenuItem>
        <MenuItem icon={<Trash2 />} danger onSelect={onRemove}>
          Remove
        </MenuItem>
      </Menu>
    </div>
  )
}
