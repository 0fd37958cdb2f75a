import { lazy, Suspense, useCallback, useEffect, useState } from 'react'
import { navigate, useRoute } from '../client/route.ts'
import { bridge } from '../components/system/bridge.ts'
import { ChatScreen } from '../features/chat/chat-screen.tsx'
import { Banners } from './banners.tsx'
import { Rail } from './rail.tsx'
import { useShortcuts } from './shortcuts.ts'
import { StatusFooter } from './status-footer.tsx'

// the first screen is in the first bundle, the others come when they are opened
const KnowledgeScreen = lazy(async () => ({
  default: (await import('../features/knowledge/knowledge-screen.tsx')).KnowledgeScreen
}))
const ActivityScreen = lazy(async () => ({
  default: (await import('../features/activity/activity-screen.tsx')).ActivityScreen
}))
const CostsScreen = lazy(async () => ({
  default: (await import('../features/costs/costs-screen.tsx')).CostsScreen
}))
const ModelsScreen = lazy(async () => ({
  default: (await import('../features/models/models-screen.tsx')).ModelsScreen
}))
const ConnectScreen = lazy(async () => ({
  default: (await import('../features/connect/connect-screen.tsx')).ConnectScreen
}))
const SettingsScreen = lazy(async () => ({
  default: (await import('../features/settings/settings-screen.tsx')).SettingsScreen
}))
const CommandPalette = lazy(async () => ({
  default: (await import('./command-palette.tsx')).CommandPalette
}))
const ShortcutSheet = lazy(async () => ({ default: (await import('./shortcut-sheet.tsx')).ShortcutSheet }))

type Overlay = 'palette' | 'sheet'

/** Rail, the screen, and what floats over it. */
export function Shell() {
  const { screen, id, query } = useRoute()
  const [overlay, setOverlay] = useState<Overlay | null>(null)
  const openPalette = useCallback(() => setOverlay('palette'), [])
  const openSheet = useCallback(() => setOverlay('sheet'), [])
  const close = useCallback(() => setOverlay(null), [])
  useShortcuts({ openPalette, openSheet })
  useEffect(() => bridge?.on('navigate:chat', (chatId) => navigate('chat', chatId)), [])
  useEffect(() => bridge?.on('navigate:trace', (traceId) => navigate('activity', traceId)), [])

  const footer = <StatusFooter />
  return (
    <div className="flex h-full flex-col">
      <Banners />
      <div className="flex min-h-0 flex-1">
        <Rail current={screen} />
        <Suspense fallback={<div className="flex-1" />}>
          {screen === 'chat' && <ChatScreen id={id} footer={footer} />}
          {screen === 'knowledge' && <KnowledgeScreen id={id} query={query} footer={footer} />}
          {screen === 'activity' && <ActivityScreen id={id} footer={footer} />}
          {screen === 'costs' && <CostsScreen id={id} query={query} />}
          {screen === 'models' && <ModelsScreen id={id} />}
          {screen === 'connect' && <ConnectScreen id={id} footer={footer} />}
          {screen === 'settings' && <SettingsScreen id={id} footer={footer} />}
        </Suspense>
      </div>
      <Suspense>
        {overlay === 'palette' && <CommandPalette open onClose={close} />}
        {overlay === 'sheet' && <ShortcutSheet open onClose={close} />}
      </Suspense>
    </div>
  )
}
