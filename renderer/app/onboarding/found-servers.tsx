import { RefreshCw } from 'lucide-react'
import { useState } from 'react'
import type { DiscoveredServer } from '../../../core/contract/models.ts'
import { attempt } from '../../client/app-request-error.ts'
import { useResource } from '../../client/resource.ts'
import { discoveredServers } from '../../client/resources.ts'
import { Button } from '../../components/button.tsx'
import { Notice } from '../../components/notice.tsx'
import { Rows } from '../../components/screen-layout.tsx'
import { addDiscovered } from '../../features/models/discovered-servers.tsx'
import { countModels } from '../../features/models/provider-facts.ts'

/** The local servers that answered, each to be taken with one click. */
export function FoundServers({ onAdded }: { onAdded: () => void }) {
  const { data, error } = useResource(discoveredServers)
  const [problem, setProblem] = useState<string | null>(null)
  const [busy, setBusy] = useState(false)
  const use = async (server: DiscoveredServer): Promise<void> => {
    setBusy(true)
    const failed = await attempt(() => addDiscovered(server))
    setBusy(false)
    setProblem(failed)
    if (failed === null) onAdded()
  }
  const lookAgain = async (): Promise<void> => {
    setBusy(true)
    await discoveredServers.refresh()
    setBusy(false)
  }
  return (
    <div className="flex flex-col gap-4">
      {data && data.length > 0 ? (
        <Rows>
          {data.map((server) => (
            <div key={server.id} className="flex min-h-14 items-center gap-3 py-2">
              <div className="min-w-0 flex-1">
                <div className="font-medium">{server.name}</div>
                <div className="truncate text-xs text-text-3">
                  <span className="font-mono">{server.baseUrl}</span> · {countModels(server.models.length)}
                </div>
              </div>
              <Button look="primary" disabled={busy} onClick={() => void use(server)}>
                Use it
              </Button>
            </div>
          ))}
        </Rows>
      ) : (
        <p className="text-text-2">
          {data === null && error === null
            ? 'Looking on their usual ports…'
            : 'None is answering. Start Ollama, LM Studio or llama.cpp server with a model loaded, then look again.'}
        </p>
      )}
      {(problem ?? error) && <Notice tone="bad">{problem ?? error}</Notice>}
      <div>
        <Button icon={<RefreshCw />} disabled={busy} onClick={() => void lookAgain()}>
          Look again
        </Button>
      </div>
    </div>
  )
}
