import type { Logger } from '../lib/logger.ts'
import type { AppHandlers } from './app-handlers.ts'
import type { Principal } from './credential.ts'
import type { DialectParts } from './dialect-routes.ts'
import type { EventHub } from './event-hub.ts'
import type { GatewayLimits } from './limits.ts'

/** What the gateway needs to know of credentials. */
export interface GatewayAccess {
  /** Whose credential this is; null when it is nobody's, or was revoked. Compares in constant time. */
  authenticate(token: string): Principal | null
  /** Calls back with an app key's id when it is revoked. */
  onRevoked(listener: (keyId: string) => void): void
  /** Exchanges a single-use code for a session; null when it is wrong, used or too old. Times are Unix milliseconds. */
  redeemCode(code: string): { token: string; expiresAt: number } | null
}

/** Everything the gateway is made of. */
export interface GatewayParts extends GatewayAccess, Omit<DialectParts, 'admit' | 'bodyLimit'> {
  appHandlers: AppHandlers
  events: EventHub
  /** What is counted, as text for Prometheus. */
  metrics(): Promise<string>
  /** Origins of the app's own pages; requests from any other are refused. */
  uiOrigins: readonly string[]
  /** The renderer build to serve at `/`; null where the app shows it itself. */
  rendererDir: string | null
  /** While true, the dialects answer 503. */
  isPaused(): boolean
  version: string
  logger: Logger
  limits?: Partial<GatewayLimits>
}
