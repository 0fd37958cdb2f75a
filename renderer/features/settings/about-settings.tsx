import { useResource } from '../../client/resource.ts'
import { info } from '../../client/resources.ts'
import { Logo } from '../../components/logo.tsx'
import { Notice } from '../../components/notice.tsx'
import { Rows, Section, SettingRow } from '../../components/screen-layout.tsx'
import { SkeletonRows } from '../../components/skeleton.tsx'
import { bridge } from '../../components/system/bridge.ts'

export function AboutSettings() {
  const { data } = useResource(info)
  if (!data) return <SkeletonRows count={3} height={52} />
  return (
    <Section title="About">
      <div className="flex items-center gap-3 pb-5">
        <Logo className="size-10" />
        <div>
          <div className="font-semibold">Homeport</div>
          <div className="text-s text-text-3">Your AI's home port</div>
        </div>
      </div>
      {data.notices.length > 0 && (
        <div className="flex flex-col gap-2 pb-4">
          {data.notices.map((notice) => (
            <Notice key={notice} tone="warn">
              {notice}
            </Notice>
          ))}
        </div>
      )}
      <Rows>
        <SettingRow label="Version">
          <span className="text-s text-text-2">{data.version}</span>
        </SettingRow>
        <SettingRow label="Runs as">
          <span className="text-s text-text-2">{bridge ? 'Desktop app' : 'Daemon, shown in a browser'}</span>
        </SettingRow>
        <SettingRow label="On-device engine">
          <span className="text-s text-text-2">{data.inferenceBackend ?? 'not started yet'}</span>
        </SettingRow>
      </Rows>
    </Section>
  )
}
