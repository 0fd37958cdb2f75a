import { RefreshCw } from 'lucide-react'
import { useState } from 'react'
import type { DiscoveredServer } from '../../../core/contract/models.ts'
import { attempt } from '../../client/app-request-error.ts'
import { daemon } from '../../client/daemon.ts'
import { useResource } from '../../client/resource.ts'
import { discoveredServers, providerKinds, providers } from '../../client/resources.ts'
import { Button } from '../../components/button.tsx'
import { Rows, Section } from '../../components/screen-layout.tsx'
import { showToast } from '../../components/toasts.tsx'
import { countModels } from './provider-facts.ts'
import { freeProviderId } from './provider-id.ts'

/** Adds a server that was found, as the kind that usually has its address. It is on this machine, so its calls are free. */
export async function addDiscovered(server: DiscoveredServer): Promise<void> {
  if (providerKinds.get() === null) await providerKinds.refresh()
  const known = providerKinds.get()?.find(({ defaultBaseUrl }) => defaultBaseUrl === server.baseUrl)
  const taken = (providers.get() ?? []).map((provider) => provider.id)
  await daemon.invoke('POST /app/providers', {
    body: {
      id: freeProviderId(server.id, taken),
      ...(known ? { kind: known.kind } : {}),
      name: server.name,
      baseUrl: server.baseUrl,
      pricing: 'free'
    }
  })
  await Promise.all([providers.refresh(), discoveredServers.refresh()])
}

export function DiscoveredServers() {
  const { data } = useResource(discoveredServers)
  const [looking, setLooking] = useState(false)
  const look = async (): Promise<void> => {
    setLooking(true)
    await discoveredServers.refresh()
    setLooking(false)
  }
  const found = data?.filter((server) => !server.alreadyAdded) ?? []
  return (
    <Section
      title="Found on this machine"
      lead="Ollama, LM Studio and llama.cpp server are looked for on their usual ports."
      action={
        <Button icon={<RefreshCw />} disabled={looking} onClick={() => void look()}>
          {looking ? 'Looking' : 'Look again'}
        </Button>
      }
    >
      <Rows>
        {found.length === 0 ? (
          <p className="py-3 text-s text-text-3">
            {data === null ? 'Looking…' : 'No other server is answering.'}
          </p>
        ) : (
          found.map((server) => <ServerRow key={server.id} server={server} />)
        )}
      </Rows>
    </Section>
  )
}

function ServerRow({ server }: { server: DiscoveredServer }) {
  const [busy, setBusy] = useState(false)
  const add = async (): Promise<void> => {
    setBusy(true)
    const problem = await attempt(() => addDiscovered(server))
    setBusy(false)
    showToast(problem ?? `${server.name} is added.`)
  }
  return (
    <div className="flex min-h-14 items-center gap-3 py-2">
      <div className="min-w-0 flex-1">
        <div className="font-medium">{server.name}</div>
        <div className="truncate text-xs text-text-3">
          <span className="font-mono">{server.baseUrl}</span> · {countModels(server.models.length)}
        </div>
      </div>
      <Button disabled={busy} onClick={() => void add()}>
        {busy ? 'Adding' : 'Add'}
      </Button>
    </div>
  )
}
