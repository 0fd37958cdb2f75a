import { strict } from './strict.ts'

export type InvokeListener = (event: unknown, ...args: unknown[]) => unknown

export const invokeListeners = new Map<string, InvokeListener>()

const ipcMainStandin = {
  handle(channel: string, listener: InvokeListener): void {
    if (invokeListeners.has(channel))
      throw new Error(`Attempted to register a second handler for '${channel}'`)
    invokeListeners.set(channel, listener)
  }
}
export const ipcMain = strict('ipcMain', ipcMainStandin)
