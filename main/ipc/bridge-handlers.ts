import type { IpcMain, IpcMainInvokeEvent } from 'electron'
import {
  type BridgeChannel,
  type BridgeRequest,
  type BridgeResponse,
  bridgeChannels
} from '../../core/contract/bridge.ts'
import { HomeportError } from '../../core/errors/homeport-error.ts'
import { originOf } from '../security/origins.ts'

/** What each channel does. The compiler sees to it that none is missing and none is extra. */
export type BridgeHandlers = {
  [K in BridgeChannel]: (...request: BridgeRequest<K>) => BridgeResponse<K> | Promise<BridgeResponse<K>>
}

/**
 * Answers the pages' calls: only channels of the contract, only from the main frame of one of our own pages, only with
 * arguments of the contract's shape. What goes back has the contract's shape too.
 */
export function handleBridge(
  ipc: Pick<IpcMain, 'handle'>,
  pages: readonly string[],
  handlers: BridgeHandlers
): void {
  const handle = <K extends BridgeChannel>(channel: K) => {
    const { request, response } = bridgeChannels[channel]
    ipc.handle(channel, async (event, ...args: unknown[]) => {
      if (!isOwnPage(event, pages))
        throw new HomeportError('not-allowed', `${channel} is for the app's own pages`)
      const parsed = request.safeParse(args)
      if (!parsed.success)
        throw new HomeportError('bad-request', `${channel} was called with the wrong arguments`)
      // proven boundary: the channel's own schema has just checked them
      const checked = parsed.data as unknown as BridgeRequest<K>
      return response.parse(await handlers[channel](...checked))
    })
  }
  for (const channel of Object.keys(handlers) as BridgeChannel[]) handle(channel)
}

function isOwnPage(event: IpcMainInvokeEvent, pages: readonly string[]): boolean {
  const frame = event.senderFrame
  if (frame === null || frame.parent !== null) return false
  const origin = originOf(frame.url)
  return origin !== null && pages.includes(origin)
}
