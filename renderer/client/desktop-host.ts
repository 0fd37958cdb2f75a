import type { HomeportBridge } from '../../core/contract/bridge.ts'
import type { Host } from './host.ts'

/** Electron main knows where the daemon is and mints a token for every connection. */
export function createDesktopHost(bridge: HomeportBridge): Host {
  return {
    async connect() {
      const answer = await bridge.invoke('daemon:connect')
      return answer.state === 'ready'
        ? { state: 'ready', endpoint: { baseUrl: answer.baseUrl, token: answer.token } }
        : answer
    },
    reject() {},
    onChanged(listener) {
      bridge.on('daemon:changed', listener)
    }
  }
}
