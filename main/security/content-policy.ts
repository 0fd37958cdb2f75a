/**
 * The Content-Security-Policy of the app's pages. A page reaches its own files and the daemon on this port, nothing
 * else: no other host, no inline script or style, no frame.
 */
export function contentPolicy(daemonPort: number): string {
  return [
    "default-src 'none'",
    "script-src 'self'",
    "style-src 'self'",
    "img-src 'self' data:",
    "font-src 'self'",
    `connect-src 'self' http://127.0.0.1:${daemonPort}`,
    "base-uri 'none'",
    "form-action 'none'",
    "frame-ancestors 'none'"
  ].join('; ')
}
