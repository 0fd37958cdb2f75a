import { useState } from 'react'
import type { Provider } from '../../../core/contract/models.ts'
import { attempt } from '../../client/app-request-error.ts'
import { daemon } from '../../client/daemon.ts'
import { providers } from '../../client/resources.ts'
import { showToast } from '../../components/toasts.tsx'
import { countModels } from './provider-facts.ts'

/** Asks a provider now whether it works. What it says stays on its card; the toast is for who looks elsewhere. */
export function useProviderTest(provider: Provider): { testing: boolean; test: () => Promise<void> } {
  const [testing, setTesting] = useState(false)
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
  return { testing, test }
}
