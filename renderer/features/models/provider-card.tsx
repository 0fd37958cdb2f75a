import { Ellipsis, KeyRound, Pencil, Trash2 } from 'lucide-react'
import { type ReactNode, useState } from 'react'
import type { Provider } from '../../../core/contract/models.ts'
import { useResource } from '../../client/resource.ts'
import { health, providerKinds } from '../../client/resources.ts'
import { formatRoute } from '../../client/route.ts'
import { Button, IconButton } from '../../components/button.tsx'
import { classNames } from '../../components/class-names.ts'
import { Menu, MenuItem } from '../../components/menu.tsx'
import { StatusDot } from '../../components/status-dot.tsx'
import { KeysDialog } from './keys-dialog.tsx'
import { placeId } from './place.ts'
import { EditProviderDialog } from './provider-dialog.tsx'
import { countKeys, countModels, describeTest, summarizeHealth } from './provider-facts.ts'
import { kindName } from './provider-kinds.ts'
import { useProviderTest } from './test-provider.ts'

interface ProviderCardProps {
  provider: Provider
  onRemove: () => void
}

/** What is there to know of a provider at a glance; its name opens the rest. */
export function ProviderCard({ provider, onRemove }: ProviderCardProps) {
  const { testing, test } = useProviderTest(provider)
  const [dialog, setDialog] = useState<'edit' | 'keys' | null>(null)
  const { lastTest } = provider
  const { tone, words } = describeTest(provider, Date.now())
  const place = formatRoute({ screen: 'models', id: placeId({ show: 'provider', id: provider.id }) })
  return (
    <article
      aria-label={provider.name}
      className="flex min-h-[188px] flex-col rounded-lg border border-line bg-surface-2 pt-2.5 pb-3 pl-4"
    >
      <header className="flex h-8 items-center gap-2 pr-2">
        <StatusDot tone={testing ? 'accent' : tone} label={words} />
        <h3 className="truncate font-semibold">
          <a href={place} className="cursor-default rounded-sm hover:underline">
            {provider.name}
          </a>
        </h3>
        <KindLabel provider={provider} />
        <span className="flex-1" />
        <Menu
          trigger={
            <IconButton label={`Actions for ${provider.name}`}>
              <Ellipsis />
            </IconButton>
          }
        >
          <MenuItem icon={<Pencil />} onSelect={() => setDialog('edit')}>
            Change
          </MenuItem>
          <MenuItem icon={<KeyRound />} onSelect={() => setDialog('keys')}>
            Keys
          </MenuItem>
          <MenuItem icon={<Trash2 />} danger onSelect={onRemove}>
            Remove
          </MenuItem>
        </Menu>
      </header>
      <div className="truncate pr-4 font-mono text-xs text-text-3" title={provider.baseUrl}>
        {provider.baseUrl}
      </div>
      <dl className="mt-3 grid grid-cols-[auto_auto_1fr] gap-x-6 pr-4">
        <Fact label="Models">
          <a
            href={place}
            className="cursor-default rounded-sm hover:underline"
            aria-label={`${countModels(provider.models.length)} of ${provider.name}`}
          >
            {provider.models.length}
          </a>
        </Fact>
        <Fact label="Keys">{countKeys(provider)}</Fact>
        <Fact label="Last test">
          <span className={classNames(lastTest?.ok === false && 'text-bad-text')}>
            {testing ? 'testing' : words}
          </span>
        </Fact>
      </dl>
      {lastTest?.ok === false && (
        <p
          className="mt-2 line-clamp-2 pr-4 text-xs [overflow-wrap:anywhere] text-bad-text"
          title={lastTest.message}
        >
          {lastTest.message}
        </p>
      )}
      <span className="min-h-3 flex-1" />
      <footer className="flex items-center gap-2 pr-3">
        <HealthLine providerId={provider.id} />
        <Button disabled={testing} aria-label={`Test ${provider.name}`} onClick={() => void test()}>
          {testing ? 'Testing' : 'Test now'}
        </Button>
      </footer>
      <EditProviderDialog provider={provider} open={dialog === 'edit'} onClose={() => setDialog(null)} />
      <KeysDialog provider={provider} open={dialog === 'keys'} onClose={() => setDialog(null)} />
    </article>
  )
}

/** The kind, where the name does not say it. */
export function KindLabel({ provider }: { provider: Provider }) {
  const kind = useResource(providerKinds).data?.find((known) => known.kind === provider.kind)
  if (!kind || kindName(kind) === provider.name) return null
  return <span className="truncate text-xs text-text-3">{kindName(kind)}</span>
}

function Fact({ label, children }: { label: string; children: ReactNode }) {
  return (
    <div>
      <dt className="text-xs text-text-3">{label}</dt>
      <dd className="text-s">{children}</dd>
    </div>
  )
}

function HealthLine({ providerId }: { providerId: string }) {
  const targets = useResource(health).data ?? []
  const states = summarizeHealth(targets.filter(({ model }) => model.startsWith(`${providerId}/`)))
  return (
    <div className="flex min-w-0 flex-1 flex-wrap items-center gap-x-3 text-xs text-text-2">
      {states.length === 0 ? (
        <span className="text-text-3">Not asked since the start</span>
      ) : (
        states.map(({ tone, words }) => (
          <span key={words} className="inline-flex items-center gap-1.5 whitespace-nowrap">
            <StatusDot tone={tone} />
            {words}
          </span>
        ))
      )}
    </div>
  )
}
