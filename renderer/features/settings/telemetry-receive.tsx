import { settingsSchema } from '../../../core/contract/settings.ts'
import { useResource } from '../../client/resource.ts'
import { telemetryStatus } from '../../client/resources.ts'
import { AutoNumber } from '../../components/auto-number.tsx'
import { CopyButton } from '../../components/copy-button.tsx'
import { Rows, Section, SettingRow } from '../../components/screen-layout.tsx'
import { Switch } from '../../components/switch.tsx'
import { showToast } from '../../components/toasts.tsx'
import type { TelemetryPart } from './telemetry-settings.tsx'

const { receivePort: usualPort } = settingsSchema.shape.telemetry.parse(undefined)

/** Spans that programs of this machine send, to be seen beside the calls they make. */
export function TelemetryReceive({ chosen, change }: TelemetryPart) {
  const save = (patch: Partial<typeof chosen>): void =>
    void change(patch).then((problem) => problem && showToast(problem))
  const problem = useResource(telemetryStatus).data?.receive.problem
  const address = `http://127.0.0.1:${chosen.receivePort}/v1/traces`
  return (
    <Section
      title="From your programs"
      lead="What your own scripts do around their calls, as OpenTelemetry tells it, in Activity beside them."
    >
      <Rows>
        <SettingRow label="Receive spans" hint="From this machine only, and only with an app key.">
          <Switch label="Receive spans" checked={chosen.receive} onChange={(receive) => save({ receive })} />
        </SettingRow>
        <SettingRow
          label="Port"
          hint={
            problem ? (
              <span role="alert" className="text-bad-text">
                {problem}
              </span>
            ) : (
              `OpenTelemetry's own is ${usualPort}.`
            )
          }
        >
          <AutoNumber
            label="Port"
            value={chosen.receivePort}
            chosen={String(usualPort)}
            min={1}
            max={65_535}
            onCommit={(port) => save({ receivePort: port ?? usualPort })}
          />
        </SettingRow>
        {chosen.receive && (
          <SettingRow
            label="Address"
            hint={
              <>
                <span className="font-mono text-xs select-text [overflow-wrap:anywhere]">{address}</span>
                <span className="mt-1 block">
                  With the header <span className="font-mono text-xs">authorization: Bearer</span> and an app
                  key. JSON or protobuf, also compressed.
                </span>
              </>
            }
          >
            <CopyButton text={address} label="Copy the address" />
          </SettingRow>
        )}
      </Rows>
    </Section>
  )
}
