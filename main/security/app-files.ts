import { readFile } from 'node:fs/promises'
import { extname, resolve, sep } from 'node:path'
import { contentPolicy } from './content-policy.ts'
import { APP_HOST, APP_SCHEME } from './origins.ts'

const contentTypes: Record<string, string> = {
  '.html': 'text/html; charset=utf-8',
  '.js': 'text/javascript; charset=utf-8',
  '.css': 'text/css; charset=utf-8',
  '.json': 'application/json',
  '.svg': 'image/svg+xml',
  '.png': 'image/png',
  '.woff2': 'font/woff2',
  '.wasm': 'application/wasm'
}

/** The file under `root` that a URL of the app names; null for another host, a bad escape or a way out of the folder. */
export function fileOfUrl(root: string, url: string): string | null {
  const parsed = URL.parse(url)
  if (parsed === null || parsed.protocol !== `${APP_SCHEME}:` || parsed.host !== APP_HOST) return null
  let path: string
  try {
    path = decodeURIComponent(parsed.pathname)
  } catch {
    return null
  }
  if (/[\0\\:]/.test(path)) return null
  const file = resolve(root, `.${path === '/' ? '/index.html' : path}`)
  return file.startsWith(root + sep) ? file : null
}

/** Answers a page's request for one of its own files. `root` is an absolute path. */
export async function serveAppFile(root: string, request: Request, daemonPort: number): Promise<Response> {
  const file = request.method === 'GET' ? fileOfUrl(root, request.url) : null
  if (file === null) return new Response('Not allowed', { status: 403 })
  const body = await readFile(file).catch(() => null)
  if (body === null) return new Response('Not found', { status: 404 })
  return new Response(new Uint8Array(body), {
    headers: {
      'content-type': contentTypes[extname(file)] ?? 'application/octet-stream',
      'content-security-policy': contentPolicy(daemonPort),
      'x-content-type-options': 'nosniff',
      'referrer-policy': 'no-referrer'
    }
  })
}
