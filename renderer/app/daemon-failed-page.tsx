import { Button } from '../components/button.tsx'
import { Logo } from '../components/logo.tsx'
import { bridge } from '../components/system/bridge.ts'

interface DaemonFailedPageProps {
  message: string
  suggestedPort: number | null
}

/** The daemon could not start: why, and what can be done from here. */
export function DaemonFailedPage({ message, suggestedPort }: DaemonFailedPageProps) {
  const restart = (port: number | null): void => void bridge?.invoke('daemon:restart', port)
  return (
    <main className="grid h-full place-items-center p-6">
      <div className="w-full max-w-[420px]" role="alert">
        <Logo className="mb-5 size-10" />
        <h1 className="text-xl font-semibold">Homeport could not start</h1>
        <p className="mt-1.5 [overflow-wrap:anywhere] text-text-2">{message}</p>
        <div className="mt-5 flex gap-2">
          <Button look="primary" onClick={() => restart(null)}>
            Try again
          </Button>
          {suggestedPort !== null && (
            <Button onClick={() => restart(suggestedPort)}>Use port {suggestedPort} instead</Button>
          )}
        </div>
      </div>
    </main>
  )
}
