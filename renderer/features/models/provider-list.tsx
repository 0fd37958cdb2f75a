import { Plus } from 'lucide-react'
import { useState } from 'react'
import type { Provider } from '../../../core/contract/models.ts'
import { useResource } from '../../client/resource.ts'
import { providers } from '../../client/resources.ts'
import { Button } from '../../components/button.tsx'
import { Notice } from '../../components/notice.tsx'
import { Section } from '../../components/screen-layout.tsx'
import { ProviderCard } from './provider-card.tsx'
import { AddProviderDialog } from './provider-dialog.tsx'
import { RemoveProviderDialog } from './remove-provider.tsx'

/** The model servers a person added, as cards. */
export function ProviderList() {
  const { data, error } = useResource(providers)
  const [adding, setAdding] = useState(false)
  const [removing, setRemoving] = useState<Provider | null>(null)
  const add = (
    <Button icon={<Plus />} onClick={() => setAdding(true)}>
      Add a provider
    </Button>
  )
  return (
    <Section
      title="Providers"
      lead="Model servers with your own keys. Only calls you make go there."
      action={data && data.length > 0 ? add : null}
    >
      {data === null ? (
        error ? (
          <Notice tone="bad" action={<Button onClick={() => void providers.refresh()}>Try again</Button>}>
            {error}
          </Notice>
        ) : (
          <Cards>
            <CardSkeleton />
            <CardSkeleton />
          </Cards>
        )
      ) : data.length === 0 ? (
        <div className="flex items-center justify-between gap-4 rounded-lg border border-dashed border-line-strong px-4 py-4">
          <p className="text-s text-text-2">
            No provider yet. With a key from one of them you can ask its models in a minute.
          </p>
          {add}
        </div>
      ) : (
        <Cards>
          {data.map((provider) => (
            <ProviderCard key={provider.id} provider={provider} onRemove={() => setRemoving(provider)} />
          ))}
        </Cards>
      )}
      <AddProviderDialog open={adding} onClose={() => setAdding(false)} />
      <RemoveProviderDialog provider={removing} onClose={() => setRemoving(null)} />
    </Section>
  )
}

function Cards({ children }: { children: React.ReactNode }) {
  return <div className="grid grid-cols-[repeat(auto-fill,minmax(310px,1fr))] gap-3">{children}</div>
}

/** As high as a card. */
function CardSkeleton() {
  return (
    <div
      role="status"
      aria-label="Loading"
      className="flex h-[188px] flex-col gap-4 rounded-lg border border-line p-4"
    >
      <span className="pulse h-3 w-1/3 rounded-full bg-press" />
      <span className="pulse h-2.5 w-3/4 rounded-full bg-press" />
    </div>
  )
}
