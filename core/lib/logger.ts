/** Structured logging. Fields never hold keys, tokens or prompt text. */
export interface Logger {
  debug(fields: Record<string, unknown>, message: string): void
  info(fields: Record<string, unknown>, message: string): void
  warn(fields: Record<string, unknown>, message: string): void
  error(fields: Record<string, unknown>, message: string): void
}

/** A logger that says nothing, for parts used outside a daemon. */
export const silentLogger: Logger = { debug() {}, info() {}, warn() {}, error() {} }
