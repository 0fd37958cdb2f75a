import { EventEmitter } from 'node:events'
import type { MenuStandin } from './menu.ts'
import { note } from './record.ts'

type Members = 'setToolTip' | 'setImage'

export class TrayStandin extends EventEmitter implements Pick<Electron.Tray, Members> {
  /** What a click on the icon would open, and what hovering shows; for tests. */
  contextMenu: MenuStandin | null = null
  toolTip = ''

  constructor(image: { isEmpty(): boolean }) {
    super()
    if (image.isEmpty()) throw new Error('electron stand-in: the tray has no picture')
  }

  setToolTip(text: string): void {
    this.toolTip = text
  }

  setImage(): void {
    note('tray.setImage')
  }

  setContextMenu(menu: MenuStandin | null): void {
    this.contextMenu = menu
  }
}
