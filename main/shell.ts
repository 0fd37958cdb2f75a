import { join } from 'node:path'
import { app, ipcMain, nativeTheme } from 'electron'
import { z } from 'zod'
import { superviseDaemon } from './daemon/supervise.ts'
import type { DaemonState } from './daemon/supervisor.ts'
import { handleBridge } from './ipc/bridge-handlers.ts'
import { pageRequests } from './ipc/page-requests.ts'
import { readLaunchOptions } from './launch-options.ts'
import { APP_ORIGIN, ownOrigins } from './security/origins.ts'
import { openLink, secureShell } from './security/secure-shell.ts'
import { setApplicationMenu } from './system/menu.ts'
import { NoticeNotifications } from './system/notice-notifications.ts'
import { quitCleanly } from './system/quit.ts'
import { QuickPromptShortcut } from './system/shortcut.ts'
import { tellShortcutIsTaken } from './system/shortcut-taken.ts'
import { StateFile } from './system/state-file.ts'
import { AppTray } from './system/tray.ts'
import { trayIcon } from './system/tray-icon.ts'
import { exposeToTests, isUnderTest } from './test-hooks.ts'
import { AppWindows } from './windows/app-windows.ts'

const rememberedPortSchema = z.object({ port: z.number().int().min(1024).max(65_535) })

/** Puts the parts of the app together and shows its window. `entryFolder` holds the built entries. Electron is ready. */
export function startShell(entryFolder: string): void {
  const iconFolder = join(entryFolder, '../../resources/icons')
  const userData = app.getPath('userData')
  const rememberedPort = new StateFile(join(userData, 'port.json'), rememberedPortSchema)
  const options = readLaunchOptions(process.argv.slice(1), process.env, rememberedPort.read()?.port ?? null)
  const devServer = app.isPackaged ? null : (process.env.ELECTRON_RENDERER_URL ?? null)
  const testOrigin = isUnderTest() ? (process.env.HOMEPORT_E2E_ORIGIN ?? null) : null
  const origins = ownOrigins({ devServer, testOrigin })

  const preload = join(entryFolder, '../preload/preload.cjs')
  const windows = new AppWindows(
    { origin: devServer ?? APP_ORIGIN, preload, version: app.getVersion() },
    userData
  )
  const toggleQuickPrompt = () => windows.quick.toggle()
  const tray = new AppTray(trayIcon(iconFolder), {
    open: () => windows.main.show(),
    quickPrompt: toggleQuickPrompt,
    setPaused: (paused) =>
      void supervisor.setPaused(paused).catch(() => tray.update({ status: 'Not reachable' })),
    quit: () => app.quit()
  })
  const notifications = new NoticeNotifications(windows.main)
  const shortcut = new QuickPromptShortcut(toggleQuickPrompt, tellShortcutIsTaken)

  /** The port that the policy of the loaded pages names. */
  let policyPort = options.port
  const supervisor = superviseDaemon({
    entryFolder,
    options,
    uiOrigins: origins.requests,
    changed: () => {
      const { state, port } = supervisor
      tray.update({ status: statusLine(state, port), ...(state.state === 'ready' ? {} : { paused: null }) })
      if (state.state === 'ready' && port !== policyPort) windows.reload()
      else windows.daemonChanged()
    },
    settings: ({ appearance, quickPromptShortcut, paused }) => {
      nativeTheme.themeSource = appearance
      shortcut.set(quickPromptShortcut)
      tray.update({ paused })
    },
    notice: (notice) => notifications.show(notice)
  })

  secureShell(join(entryFolder, '../renderer'), origins.pages, () => {
    policyPort = supervisor.port
    return policyPort
  })
  const rememberPort = (port: number) => rememberedPort.write({ port })
  handleBridge(ipcMain, origins.pages, pageRequests({ supervisor, windows, openLink, rememberPort }))
  setApplicationMenu(
    { newChat: () => windows.main.openChat(null), quickPrompt: toggleQuickPrompt },
    { developerTools: !app.isPackaged }
  )
  nativeTheme.on('updated', () => tray.setIcon(trayIcon(iconFolder)))
  app.on('second-instance', () => windows.main.show())
  app.on('activate', () => windows.main.show())
  quitCleanly({
    begin: () => windows.allowClosing(),
    finish: () => {
      shortcut.clear()
      return supervisor.stop()
    }
  })

  supervisor.start()
  windows.main.show()
  windows.main.window?.once('ready-to-show', () => windows.quick.prepare())
  exposeToTests({ tray: tray.tray, trayMenu: () => tray.menu, shortcuts: { quickPrompt: toggleQuickPrompt } })
}

function statusLine(state: DaemonState, port: number): string {
  switch (state.state) {
    case 'starting':
      return 'Starting'
    case 'ready':
      return `Listening on 127.0.0.1:${port}`
    case 'failed':
      return 'Not running: open the window to see why'
  }
}
