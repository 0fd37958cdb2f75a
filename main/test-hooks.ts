import { app } from 'electron'

/** Whether an end-to-end test drives this app. Never in a packaged one. */
export const isUnderTest = (): boolean => !app.isPackaged && process.env.HOMEPORT_E2E === '1'

/** What an end-to-end test cannot reach from outside: the tray icon and what the global shortcut does. */
export function exposeToTests(hooks: Record<string, unknown>): void {
  if (isUnderTest()) Object.assign(globalThis, { __homeport: hooks })
}
