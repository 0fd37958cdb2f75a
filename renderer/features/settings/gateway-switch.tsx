import { attempt } from '../../client/app-request-error.ts'
import { daemon } from '../../client/daemon.ts'
import { useResource } from '../../client/resource.ts'
import { info } from '../../client/resources.ts'
import { Rows, Section, SettingRow } from '../../components/screen-layout.tsx'
import { Switch } from '../../components/switch.tsx'
import { showToast } from '../../components/toasts.tsx'

export function GatewaySwitch() {
  const { data } = useResource(info)
  const pause = (paused: boolean): void => {
    void attempt(async () => {
      await daemon.invoke('POST /app/gateway', { body: { paused } })
      await info.refresh()
    }).then((problem) => problem && showToast(problem))
  }
  return (
    <Section title="Gateway">
      <Rows>
        <SettingRow
          label="Answer calls"
          hint={
            data?.paused
              ? 'Paused: every call is refused until you switch this on.'
              : 'Programs with a key, and this window, can ask models.'
          }
        >
          <Switch
            label="Answer calls"
            checked={data ? !data.paused : true}
            disabled={data === null}
            onChange={(on) => pause(!on)}
          />
        </SettingRow>
      </Rows>
    </Section>
  )
}
