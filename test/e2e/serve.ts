import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { join } from 'node:path'
import { appRoot } from './app-root.ts'

export interface ServingDaemon {
  baseUrl: string
  /** The printed link, with its single-use code. */
  link: string
  stop(): Promise<void>
}

/** `homeport serve` of the build on a free port. Resolves when it has printed its link. */
export async function serve(dataDir: string): Promise<ServingDaemon> {
  const daemon = spawn(
    process.execPath,
    [join(appRoot, 'out/main/cli.mjs'), 'serve', '--port', '0', '--data-dir', dataDir, '--no-open'],
    { env: { ...process.env, HOMEPORT_SECRETS: 'file' }, stdio: ['ignore', 'pipe', 'inherit'] }
  )
  const gone = once(daemon, 'exit')
  const link = await new Promise<string>((resolve, reject) => {
    let printed = ''
    daemon.stdout.on('data', (chunk: Buffer) => {
      printed += chunk.toString()
      const found = /http:\/\/127\.0\.0\.1:\d+\/\S*#\S+/.exec(printed)?.[0]
      if (found !== undefined) resolve(found)
    })
    gone.then(([code]) => reject(new Error(`homeport serve ended with ${code}: ${printed}`)), reject)
  })
  return {
    baseUrl: new URL(link).origin,
    link,
    async stop() {
      daemon.kill('SIGTERM')
      await gone
    }
  }
}
