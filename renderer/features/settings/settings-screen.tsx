import type { ReactNode } from 'react'
import { formatRoute } from '../../client/route.ts'
import { moveFocusByArrows } from '../../components/arrow-keys.ts'
import { classNames } from '../../components/class-names.ts'
import { Content, ListPane, Page } from '../../components/screen-layout.tsx'
import { AboutSettings } from './about-settings.tsx'
import { AppKeys } from './app-keys.tsx'
import { CacheSettings } from './cache-settings.tsx'
import { GatewaySwitch } from './gateway-switch.tsx'
import { GeneralSettings } from './general-settings.tsx'
import { KnowledgeSettings } from './knowledge-settings.tsx'
import { OnDeviceSettings } from './on-device-settings.tsx'
import { PrivacySettings } from './privacy-settings.tsx'
import { RetentionSettings } from './retention-settings.tsx'
import { TelemetrySettings } from './telemetry-settings.tsx'

const parts = [
  { id: 'general', label: 'General', content: <GeneralSettings /> },
  { id: 'gateway', label: 'Gateway', content: <GatewayPart /> },
  { id: 'on-device', label: 'On this machine', content: <OnDeviceSettings /> },
  { id: 'knowledge', label: 'Knowledge', content: <KnowledgeSettings /> },
  { id: 'privacy', label: 'Data and privacy', content: <PrivacyPart /> },
  { id: 'telemetry', label: 'Telemetry', content: <TelemetrySettings /> },
  { id: 'about', label: 'About', content: <AboutSettings /> }
]

export function SettingsScreen({ id, footer }: { id: string | null; footer: ReactNode }) {
  const shown = parts.find((part) => part.id === id) ?? parts[0]
  return (
    <>
      <ListPane title="Settings" footer={footer}>
        <nav aria-label="Parts" className="flex-1 px-2" onKeyDown={moveFocusByArrows}>
          {parts.map((part) => (
            <a
              key={part.id}
              data-row
              href={formatRoute({ screen: 'settings', id: part.id })}
              aria-current={part === shown ? 'page' : undefined}
              className={classNames(
                'flex h-(--row) cursor-default items-center rounded-md px-2 hover:bg-hover',
                part === shown && 'bg-press font-medium hover:bg-press'
              )}
            >
              {part.label}
            </a>
          ))}
        </nav>
      </ListPane>
      <Content label="Settings">
        <Page key={shown?.id}>{shown?.content}</Page>
      </Content>
    </>
  )
}

function GatewayPart() {
  return (
    <>
      <GatewaySwitch />
      <AppKeys />
      <CacheSettings />
    </>
  )
}

function PrivacyPart() {
  return (
    <>
      <PrivacySettings />
      <RetentionSettings />
    </>
  )
}
