import { z } from 'zod'

/** The channels between a page and Electron main. Each row: what the page sends, what it gets. */
export const bridgeChannels = {
  /** Where the daemon listens and a token for it, or why there is none. */
  'daemon:connect': {
    request: z.tuple([]),
    response: z.discriminatedUnion('state', [
      z.object({ state: z.literal('ready'), baseUrl: z.string(), token: z.string() }),
      z.object({ state: z.literal('starting') }),
      z.object({
        state: z.literal('failed'),
        reason: z.string(),
        message: z.string(),
        /** Where it could listen instead, when the port is taken. */
        suggestedPort: z.number().int().nullable()
      })
    ])
  },
  /** Starts the daemon again after a failure, on another port if one is given. */
  'daemon:restart': {
    request: z.tuple([z.number().int().min(1024).max(65_535).nullable()]),
    response: z.null()
  },
  /** Opens a link in the person's browser, if the gate lets it through. */
  'shell:open-link': { request: z.tuple([z.string().max(4000)]), response: z.boolean() },
  /** The native file dialog for a GGUF file; null when cancelled. */
  'dialog:choose-model-file': { request: z.tuple([]), response: z.string().nullable() },
  /** The native dialog for a folder, as its full path; null when cancelled. */
  'dialog:choose-folder': { request: z.tuple([]), response: z.string().nullable() },
  'window:hide-quick': { request: z.tuple([]), response: z.null() },
  /** Shows the main window, on this chat. */
  'window:open-chat': { request: z.tuple([z.string().max(100).nullable()]), response: z.null() },
  'clipboard:read-text': { request: z.tuple([]), response: z.string() },
  'clipboard:write-text': { request: z.tuple([z.string().max(10_000_000)]), response: z.null() }
} as const
export type BridgeChannel = keyof typeof bridgeChannels
export type BridgeRequest<K extends BridgeChannel> = z.infer<(typeof bridgeChannels)[K]['request']>
export type BridgeResponse<K extends BridgeChannel> = z.infer<(typeof bridgeChannels)[K]['response']>

/** What Electron main tells a page. */
export interface BridgeEvents {
  /** The daemon came up, went down or came back: connect again. */
  'daemon:changed': () => void
  /** Show this chat (null: a new one). */
  'navigate:chat': (chatId: string | null) => void
  /** Show this call. */
  'navigate:trace': (traceId: string) => void
  /** The quick prompt was shown: focus and select. */
  'quick:shown': () => void
}
export type BridgeEvent = keyof BridgeEvents

/** `window.homeport` in the desktop app; absent in a browser. */
export interface HomeportBridge {
  version: string
  platform: string
  invoke<K extends BridgeChannel>(channel: K, ...args: BridgeRequest<K>): Promise<BridgeResponse<K>>
  /** Returns the function that stops listening. */
  on<K extends BridgeEvent>(event: K, listener: BridgeEvents[K]): () => void
}
