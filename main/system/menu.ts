import { Menu, type MenuItemConstructorOptions } from 'electron'

export interface MenuActions {
  newChat(): void
  quickPrompt(): void
}

/** The application menu. Without its edit roles, copy and paste would have no shortcuts on macOS. */
export function setApplicationMenu(actions: MenuActions, options: { developerTools: boolean }): void {
  const isMac = process.platform === 'darwin'
  const separator: MenuItemConstructorOptions = { type: 'separator' }
  const developer: MenuItemConstructorOptions[] = options.developerTools
    ? [separator, { role: 'reload' }, { role: 'toggleDevTools' }]
    : []
  Menu.setApplicationMenu(
    Menu.buildFromTemplate([
      ...(isMac ? [{ role: 'appMenu' } as const] : []),
      {
        label: 'File',
        submenu: [
          {
            id: 'new-chat',
            label: 'New chat',
            accelerator: 'CommandOrControl+N',
            click: () => actions.newChat()
          },
          { id: 'quick-prompt', label: 'Quick prompt', click: () => actions.quickPrompt() },
          separator,
          { role: 'close' },
          ...(isMac ? [] : [{ role: 'quit' } as const])
        ]
      },
      { role: 'editMenu' },
      {
        label: 'View',
        submenu: [
          { role: 'resetZoom' },
          { role: 'zoomIn' },
          { role: 'zoomOut' },
          separator,
          { role: 'togglefullscreen' },
          ...developer
        ]
      },
      { role: 'windowMenu' }
    ])
  )
}
