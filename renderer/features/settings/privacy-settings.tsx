import { ShieldAlert, ShieldCheck } from 'lucide-react'
import { attempt } from '../../client/app-request-error.ts'
import { useResource } from '../../client/resource.ts'
import { changeSettings, info, settings } from '../../client/resources.ts'
import { Button } from '../../components/button.tsx'
import { CopyButton } from '../../components/copy-button.tsx'
import { Notice } from '../../components/notice.tsx'
import { Rows, Section, SettingRow } from '../../components/screen-layout.tsx'
import { SkeletonRows } from '../../components/skeleton.tsx'
import { Switch } from '../../components/switch.tsx'
import { showToast } from '../../components/toasts.tsx'

const backends = {
  keychain: 'System keychain',
  'passphrase-file': 'File behind a passphrase',
  'key-file': 'File with a key beside it'
}

/** Where things are kept and how well they are protected. */
export function PrivacySettings() {
  const { data: daemonInfo, error } = useResource(info)
  const chosen = useResource(settings).data
  if (error && !daemonInfo) {
    return (
      <Notice tone="bad" action={<Button onClick={() => void info.refresh()}>Try again</Button>}>
        {error}
      </Notice>
    )
  }
  if (!daemonInfo || !chosen) return <SkeletonRows count={3} height={52} />
  const { secrets } = daemonInfo
  return (
    <Section
      title="Data and privacy"
      lead="Everything stays on this machine. Nothing is sent but your own calls, and what you send to a collector."
    >
      <Rows>
        <SettingRow
          label="Record prompts and answers"
          hint="Of calls by your programs, for Activity. Tokens, cost and time are always kept."
        >
          <Switch
            label="Record prompts and answers"
            checked={chosen.recordBodies}
            onChange={(recordBodies) =>
              void attempt(() => changeSettings({ recordBodies })).then(
                (problem) => problem && showToast(problem)
              )
            }
          />
        </SettingRow>
        <SettingRow
          label="Data folder"
          hint={
            <span className="font-mono text-xs [overflow-wrap:anywhere] select-text">
              {daemonInfo.dataDir}
            </span>
          }
        >
          <CopyButton text={daemonInfo.dataDir} label="Copy path" />
        </SettingRow>
        <SettingRow
          label="Provider keys"
          hint={
            <>
              {secrets.description}
              {secrets.keychainProblem && (
                <span className="mt-1 block">The keychain is not used: {secrets.keychainProblem}</span>
              )}
            </>
          }
        >
          <span className="flex items-center gap-2 text-s text-text-2 [&>svg]:size-4">
            {secrets.backend === 'key-file' ? (
              <ShieldAlert className="text-warn-text" />
            ) : (
              <ShieldCheck className="text-ok-text" />
            )}
            {backends[secrets.backend]}
          </span>
        </SettingRow>
      </Rows>
    </Section>
  )
}
