import { useState } from 'react'
import type { CollectorTest, ExportStatus } from '../../../core/contract/telemetry.ts'
import { attempt } from '../../client/app-request-error.ts'
import { daemon } from '../../client/daemon.ts'
import { useResource } from '../../client/resource.ts'
import { telemetryStatus } from '../../client/resources.ts'
import { Button } from '../../components/button.tsx'
import { SettingRow } from '../../components/screen-layout.tsx'
import { StatusDot } from '../../components/status-dot.tsx'
import { exportWords } from './export-words.ts'

/** How it goes, and one span sent to see whether it does. */
export function CollectorStatus() {
  const { data, error } = useResource(telemetryStatus)
  const [busy, setBusy] = useState(false)
  const [test, setTest] = useState<CollectorTest | null>(null)
  const run = async (): Promise<void> => {
    setBusy(true)
    const problem = await attempt(async () => setTest(await daemon.invoke('POST /app/telemetry/test')))
    if (problem) setTest({ ok: false, status: null, message: problem })
    setBusy(false)
  }
  return (
    <SettingRow label="How it goes" hint={<Hint test={test} status={data?.export ?? null} error={error} />}>
      <Button disabled={busy} onClick={() => void run()}>
        {busy ? 'Sending…' : 'Send a test'}
      </Button>
    </SettingRow>
  )
}

interface HintProps {
  test: CollectorTest | null
  status: ExportStatus | null
  error: string | null
}

function Hint({ test, status, error }: HintProps) {
  return (
    <>
      {status ? exportWords(status, Date.now()) : (error ?? 'Asking…')}
      {status?.lastError && <Result ok={false} words={status.lastError.message} />}
      <span role="status">{test && <Result ok={test.ok} words={`Test: ${test.message}`} />}</span>
    </>
  )
}

function Result({ ok, words }: { ok: boolean; words: string }) {
  return (
    <span className="mt-1 flex items-baseline gap-2 text-text-2">
      <StatusDot tone={ok ? 'ok' : 'bad'} />
      <span className="min-w-0 [overflow-wrap:anywhere]">{words}</span>
    </span>
  )
}
