import type { HomeportBridge } from '../core/contract/bridge.ts'

declare global {
  interface Window {
    /** Present in the desktop app, absent in a browser. */
    homeport?: HomeportBridge
  }
}
