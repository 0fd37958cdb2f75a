import { clipboard, dialog, type OpenDialogOptions } from 'electron'
import type { DaemonSupervisor } from '../daemon/supervisor.ts'
import type { AppWindows } from '../windows/app-windows.ts'
import type { BridgeHandlers } from './bridge-handlers.ts'

export interface PageRequestParts {
  supervisor: DaemonSupervisor
  windows: AppWindows
  /** Opens a link in the person's browser if it passes the gate; returns whether it did. */
  openLink(link: string): boolean
  /** The person chose a port: the next start uses it too. */
  rememberPort(port: number): void
}

/** What the app does for its pages, one row a channel. */
export function pageRequests({
  supervisor,
  windows,
  openLink,
  rememberPort
}: PageRequestParts): BridgeHandlers {
  return {
    'daemon:connect': () => supervisor.connection(),
    'daemon:restart': async (port) => {
      if (port !== null) rememberPort(port)
      await supervisor.restart(port)
      return null
    },
    'shell:open-link': openLink,
    'dialog:choose-model-file': () =>
      chosenPath({
        title: 'Add a model',
        properties: ['openFile'],
        filters: [{ name: 'GGUF models', extensions: ['gguf'] }]
      }),
    'dialog:choose-folder': () => chosenPath({ title: 'Add a folder', properties: ['openDirectory'] }),
    'window:hide-quick': () => {
      windows.quick.hide()
      return null
    },
    'window:open-chat': (chatId) => {
      windows.quick.hide()
      windows.main.openChat(chatId)
      return null
    },
    'clipboard:read-text': () => clipboard.readText(),
    'clipboard:write-text': async (text) => {
      await clipboard.writeText(text)
      return null
    }
  }
}

async function chosenPath(options: OpenDialogOptions): Promise<string | null> {
  const { canceled, filePaths } = await dialog.showOpenDialog(options)
  return canceled ? null : (filePaths[0] ?? null)
}
