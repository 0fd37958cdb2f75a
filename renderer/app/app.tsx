import { CSPProvider } from '@base-ui/react/csp-provider'
import { lazy, Suspense } from 'react'
import { useConnection } from '../client/daemon.ts'
import { hasLanguageModel } from '../client/model-options.ts'
import { useResource } from '../client/resource.ts'
import { models, settings } from '../client/resources.ts'
import { Toasts } from '../components/toasts.tsx'
import { Shell } from './shell.tsx'
import { StartingPage } from './starting-page.tsx'
import { useTheme } from './theme.ts'

const SignInPage = lazy(async () => ({ default: (await import('./sign-in-page.tsx')).SignInPage }))
const DaemonFailedPage = lazy(async () => ({
  default: (await import('./daemon-failed-page.tsx')).DaemonFailedPage
}))
const Onboarding = lazy(async () => ({ default: (await import('./onboarding/onboarding.tsx')).Onboarding }))

export function App() {
  return (
    // Base UI would write <style> elements, which the page's CSP forbids
    <CSPProvider disableStyleElements>
      <Suspense fallback={null}>
        <Gate />
      </Suspense>
      <Toasts />
    </CSPProvider>
  )
}

/** What this window can show: its screens, the way in, or why there is none. */
function Gate() {
  useTheme()
  const connection = useConnection()
  if (connection.state === 'signed-out') return <SignInPage message={connection.message} />
  if (connection.state === 'failed') return <DaemonFailedPage {...connection} />
  return <Connected />
}

function Connected() {
  const chosen = useResource(settings)
  const available = useResource(models)
  if (chosen.data?.onboardingDone === false) {
    // a first run is decided by both; the shell must not show for a moment before
    if (available.data && !hasLanguageModel(available.data)) return <Onboarding />
    if (available.data === null && available.error === null) return <StartingPage />
  }
  if (chosen.data === null && chosen.error === null) return <StartingPage />
  return <Shell />
}
