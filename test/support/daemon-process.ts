import { type ChildProcess, spawn } from 'node:child_process'
import { once } from 'node:events'
import { mkdtempSync, readFileSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import path from 'node:path'
import type { AppResponse, AppRouteKey } from '../../core/contract/app-routes.ts'
import { type DaemonFile, daemonFileSchema } from '../../core/contract/info.ts'
import { cliFile } from './cli-file.ts'
import { emptyHome } from './empty-home.ts'

/** A real `homeport serve`, on a port and a data folder of its own. */
export interface DaemonProcess {
  readonly dataDir: string
  readonly baseUrl: string
  readonly pid: number
  readonly file: DaemonFile
  /** The control API with the control token. */
  app<K extends AppRouteKey>(key: K, body?: unknown, params?: Record<string, string>): Promise<AppResponse<K>>
  /** A request to the control API whose status matters. */
  request(method: string, path: string, body?: unknown): Promise<Response>
  /** Ends it as a crash would; resolves when it is gone. */
  kill(): Promise<void>
  /** Ends it as a person would, and removes the data folder unless `keep`. */
  stop(options?: { keep?: boolean }): Promise<void>
}

export interface StartOptions {
  dataDir?: string
  env?: Record<string, string>
}

export const temporaryFolder = (): string => mkdtempSync(path.join(tmpdir(), 'homeport-test-'))

/** Resolves when the daemon answers. */
export async function startDaemon(options: StartOptions = {}): Promise<DaemonProcess> {
  const dataDir = options.dataDir ?? temporaryFolder()
  const child = spawn(
    process.execPath,
    [cliFile, 'serve', '--port', '0', '--data-dir', dataDir, '--no-open'],
    {
      stdio: ['ignore', 'pipe', 'pipe'],
      env: {
        ...process.env,
        ...emptyHome,
        HOMEPORT_SECRETS: 'file',
        HOMEPORT_THREADS: '1',
        ...options.env
      }
    }
  )
  await untilReady(child)
  const file = daemonFileSchema.parse(JSON.parse(readFileSync(path.join(dataDir, 'daemon.json'), 'utf8')))
  const baseUrl = `http://127.0.0.1:${file.port}`

  const request = (method: string, route: string, body?: unknown) =>
    fetch(`${baseUrl}${route}`, {
      method,
      headers: {
        authorization: `Bearer ${file.controlToken}`,
        ...(body === undefined ? {} : { 'content-type': 'application/json' })
      },
      ...(body === undefined ? {} : { body: JSON.stringify(body) })
    })

  return {
    dataDir,
    baseUrl,
    pid: file.pid,
    file,
    request,
    async app<K extends AppRouteKey>(key: K, body?: unknown, params: Record<string, string> = {}) {
      const [method = '', route = ''] = key.split(' ')
      const filled = route.replace(/:(\w+)/g, (_, name: string) => encodeURIComponent(params[name] ?? ''))
      const sent = body ?? (method === 'GET' || method === 'DELETE' ? undefined : {})
      const response = await request(method, filled, sent)
      if (!response.ok) throw new Error(`${key}: ${response.status} ${await response.text()}`)
      return (await response.json()) as AppResponse<K>
    },
    async kill() {
      if (child.exitCode === null && child.signalCode === null) {
        const gone = once(child, 'exit')
        child.kill('SIGKILL')
        await gone
      }
    },
    async stop({ keep = false } = {}) {
      if (child.exitCode === null && child.signalCode === null) {
        const gone = once(child, 'exit')
        child.kill('SIGTERM')
        await gone
      }
      if (!keep) rmSync(dataDir, { recursive: true, force: true })
    }
  }
}

/** Waits for the line that `serve` prints when it listens. */
async function untilReady(child: ChildProcess): Promise<void> {
  let printed = ''
  child.stderr?.on('data', (chunk: Buffer) => {
    printed += chunk.toString()
  })
  await new Promise<void>((resolve, reject) => {
    child.stdout?.on('data', (chunk: Buffer) => {
      printed += chunk.toString()
      if (/http:\/\/127\.0\.0\.1:\d+/.test(printed)) resolve()
    })
    child.once('exit', (code) => reject(new Error(`homeport serve ended with ${code}: ${printed}`)))
  })
}
