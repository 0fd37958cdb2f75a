import type { Settings } from '../../../core/contract/settings.ts'
import { attempt } from '../../client/app-request-error.ts'
import { useResource } from '../../client/resource.ts'
import { changeSettings, settings } from '../../client/resources.ts'
import { SkeletonRows } from '../../components/skeleton.tsx'
import { TelemetryExport } from './telemetry-export.tsx'
import { TelemetryReceive } from './telemetry-receive.tsx'

export interface TelemetryPart {
  chosen: Settings['telemetry']
  /** Resolves with what went wrong, in words, or null. */
  change: (patch: Partial<Settings['telemetry']>) => Promise<string | null>
}

/** Spans from other programs, and calls to a collector. Both are off until they are chosen. */
export function TelemetrySettings() {
  const chosen = useResource(settings).data?.telemetry
  if (!chosen) return <SkeletonRows count={4} height={52} />
  const change: TelemetryPart['change'] = (patch) =>
    attempt(() => changeSettings({ telemetry: { ...chosen, ...patch } }))
  return (
    <>
      <TelemetryReceive chosen={chosen} change={change} />
      <TelemetryExport chosen={chosen} change={change} />
    </>
  )
}
