import type { EventEmitter } from 'node:events'
import type { HomeportBridge } from '../../core/contract/bridge.ts'
import type { StandinRecord } from '../standin/record.ts'

/** A line of a menu, in Electron and in the stand-in. */
interface MenuLine {
  label: string
  enabled: boolean
  click(): void
}

declare global {
  /** What the main process shows to end-to-end tests (main/test-hooks.ts). */
  var __homeport: {
    tray: EventEmitter
    trayMenu(): { getMenuItemById(id: string): MenuLine | null }
    shortcuts: { quickPrompt(): void }
  }
  /** What the stand-in noted; absent on a real Electron. */
  var __standin: StandinRecord | undefined
  interface Window {
    homeport?: HomeportBridge
  }
}
