import { EventEmitter } from 'node:events'
import type { MenuStandin } from './menu.ts'
import { note } from './record.ts'

type Members = 'setToolTip' | 'setImage'

export class TrayStandin extends EventEmitter implements Pick<Electron.Tray, Members> {
  constructor(image: { isEmpty(): boolean }) {
    super()
    if (image.isEmpty()) throw new Error('electron stand-in: the tray has no picture')
  }

  setToolTip(text: string): void {
    note('tray.setToolTip', text)
  }

  setImage(): void {
    note('tray.setImage')
  }

  setContextMenu(_menu: MenuStandin | null): void {
    note('tray.setContextMenu')
  }
}
