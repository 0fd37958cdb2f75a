import { contextBridge, type IpcRendererEvent, ipcRenderer } from 'electron'
import type { BridgeChannel, BridgeEvent, BridgeEvents, HomeportBridge } from '../core/contract/bridge.ts'

// Whole lists, held complete by the compiler: a page can name no other channel.
const channels: Record<BridgeChannel, true> = {
  'daemon:connect': true,
  'daemon:restart': true,
  'shell:open-link': true,
  'dialog:choose-model-file': true,
  'dialog:choose-folder': true,
  'window:hide-quick': true,
  'window:open-chat': true,
  'clipboard:read-text': true,
  'clipboard:write-text': true
}
const events: Record<BridgeEvent, true> = {
  'daemon:changed': true,
  'navigate:chat': true,
  'navigate:trace': true,
  'quick:shown': true
}

const versionFlag = '--homeport-version='

const bridge: HomeportBridge = {
  version: process.argv.find((argument) => argument.startsWith(versionFlag))?.slice(versionFlag.length) ?? '',
  platform: process.platform,
  invoke: (channel, ...request) => {
    if (!Object.hasOwn(channels, channel)) return Promise.reject(new Error('There is no such channel'))
    return ipcRenderer.invoke(channel, ...request)
  },
  on: <K extends BridgeEvent>(event: K, listener: BridgeEvents[K]) => {
    if (!Object.hasOwn(events, event)) throw new Error('There is no such event')
    // the sender stays on this side; what main sends is what the contract says
    const forward = (_event: IpcRendererEvent, ...args: unknown[]) =>
      (listener as (...args: unknown[]) => void)(...args)
    ipcRenderer.on(event, forward)
    return () => {
      ipcRenderer.off(event, forward)
    }
  }
}

// the page gets a frozen copy
contextBridge.exposeInMainWorld('homeport', bridge)
