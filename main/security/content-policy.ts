/**
 * The Content-Security-Policy of the app's pages. A page reaches its own files and the daemon on this port, nothing
 * else: no other host, no inline script, no frame. Inline style attributes are what React and the code highlighter
 * write; they cannot load anything, since images and fonts have their own rules.
 */
export function contentPolicy(daemonPort: number): string {
  return [
    "default-src 'none'",
    "script-src 'self'",
    "style-src 'self' 'unsafe-inline'",
    "img-src 'self' data:",
    "font-src 'self'",
    `connect-src 'self' http://127.0.0.1:${daemonPort}`,
    "base-uri 'none'",
    "form-action 'none'",
    "frame-ancestors 'none'"
  ].join('; ')
}
