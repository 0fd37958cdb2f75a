import { Ellipsis, KeyRound, Pencil, Trash2 } from 'lucide-react'
import { useState } from 'react'
import type { Provider } from '../../../core/contract/models.ts'
import { useResource } from '../../client/resource.ts'
import { providerKinds, providers } from '../../client/resources.ts'
import { navigate } from '../../client/route.ts'
import { Button, IconButton } from '../../components/button.tsx'
import { Menu, MenuItem } from '../../components/menu.tsx'
import { Bar, Page, Rows, Section, SettingRow } from '../../components/screen-layout.tsx'
import { SkeletonRows } from '../../components/skeleton.tsx'
import { StatusDot } from '../../components/status-dot.tsx'
import { BackToModels } from './back-to-models.tsx'
import { KeysDialog } from './keys-dialog.tsx'
import { KindLabel } from './provider-card.tsx'
import { EditProviderDialog } from './provider-dialog.tsx'
import { countKeys, describeTest } from './provider-facts.ts'
import { ProviderModels } from './provider-models.tsx'
import { RemoveProviderDialog } from './remove-provider.tsx'
import { useProviderTest } from './test-provider.ts'

/** All there is to know of one provider: its address, keys and last test, and every model with how it has been doing. */
export function ProviderPage({ id }: { id: string }) {
  const { data } = useResource(providers)
  const provider = data?.find((known) => known.id === id)
  if (provider) return <KnownProvider key={id} provider={provider} />
  return (
    <>
      <Bar>
        <BackToModels />
        <h1 className="flex-1 font-semibold">{data === null ? '' : 'No such provider'}</h1>
      </Bar>
      <Page wide>
        {data === null ? (
          <SkeletonRows count={6} height={52} />
        ) : (
          <p className="text-text-2">It was removed, or never added. The others are under Models.</p>
        )}
      </Page>
    </>
  )
}

function KnownProvider({ provider }: { provider: Provider }) {
  const { testing, test } = useProviderTest(provider)
  const [dialog, setDialog] = useState<'edit' | 'keys' | 'remove' | null>(null)
  const kind = useResource(providerKinds).data?.find((known) => known.kind === provider.kind)
  const { tone, words } = describeTest(provider, Date.now())
  const close = (): void => setDialog(null)
  return (
    <>
      <Bar>
        <BackToModels />
        <h1 className="truncate font-semibold">{provider.name}</h1>
        <KindLabel provider={provider} />
        <span className="flex-1" />
        <Button disabled={testing} onClick={() => void test()}>
          {testing ? 'Testing' : 'Test now'}
        </Button>
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
          <MenuItem icon={<Trash2 />} danger onSelect={() => setDialog('remove')}>
            Remove
          </MenuItem>
        </Menu>
      </Bar>
      <Page wide>
        <Section title="Connection">
          <Rows>
            <SettingRow
              label="Address"
              hint={<span className="font-mono text-xs [overflow-wrap:anywhere]">{provider.baseUrl}</span>}
            >
              <Button onClick={() => setDialog('edit')}>Change</Button>
            </SettingRow>
            <SettingRow
              label="Keys"
              hint={
                provider.keyCount > 1
                  ? `${countKeys(provider)}; calls are spread over them`
                  : countKeys(provider)
              }
            >
              <Button onClick={() => setDialog('keys')}>
                {provider.hasKey ? 'Add or replace' : 'Add a key'}
              </Button>
            </SettingRow>
            <SettingRow label="Last test" hint={provider.lastTest?.ok === false && provider.lastTest.message}>
              <span className="inline-flex items-center gap-2 text-s text-text-2">
                <StatusDot tone={testing ? 'accent' : tone} />
                {testing ? 'testing' : words}
              </span>
            </SettingRow>
            {Object.entries(provider.options).map(([name, value]) => (
              <SettingRow
                key={name}
                label={kind?.options.find((option) => option.name === name)?.label ?? name}
                hint={<span className="font-mono text-xs [overflow-wrap:anywhere]">{value}</span>}
              >
                {null}
              </SettingRow>
            ))}
          </Rows>
        </Section>
        <ProviderModels provider={provider} />
      </Page>
      <EditProviderDialog provider={provider} open={dialog === 'edit'} onClose={close} />
      <KeysDialog provider={provider} open={dialog === 'keys'} onClose={close} />
      <RemoveProviderDialog
        provider={dialog === 'remove' ? provider : null}
        onClose={close}
        onRemoved={() => navigate('models')}
      />
    </>
  )
}
