import { protocol } from 'electron'
import { serveAppFile } from './app-files.ts'
import { APP_SCHEME } from './origins.ts'

/** Must run before the app is ready, with nothing awaited before it. */
export function registerAppScheme(): void {
  protocol.registerSchemesAsPrivileged([
    {
      scheme: APP_SCHEME,
      privileges: { standard: true, secure: true, supportFetchAPI: true, codeCache: true }
    }
  ])
}

/** Serves the pages of `root`. `daemonPort` is asked for each answer: the port can change while the app runs. */
export function serveAppScheme(root: string, daemonPort: () => number): void {
  protocol.handle(APP_SCHEME, (request) => serveAppFile(root, request, daemonPort()))
}
