import { readFile } from 'node:fs/promises'
import { extname, join } from 'node:path'
import { HomeportError } from '../errors/homeport-error.ts'
import type { Exchange } from './exchange.ts'
import { methodNotAllowed } from './respond.ts'

/** Nothing from anywhere but here: an answer shown in the page can load and send nothing. */
export const contentSecurityPolicy =
  "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self' data:; font-src 'self'; " +
  "connect-src 'self'; base-uri 'none'; form-action 'none'; frame-ancestors 'none'"

const types: Record<string, string> = {
  '.html': 'text/html; charset=utf-8',
  '.js': 'text/javascript; charset=utf-8',
  '.css': 'text/css; charset=utf-8',
  '.json': 'application/json',
  '.svg': 'image/svg+xml',
  '.png': 'image/png',
  '.ico': 'image/x-icon',
  '.woff2': 'font/woff2',
  '.wasm': 'application/wasm'
}

/** Segments as the build names them. None can start with a dot, so no path can leave the folder. */
const assetPath = /^\/assets(?:\/[\w@~+-][\w@~+.-]*)+$/

/** Whether a path belongs to the public pages, whether or not a file is there. */
export function isPagePath(path: string): boolean {
  return path === '/' || path.startsWith('/assets/')
}

/** Sends a file of the renderer build. Throws `not-found`. */
export async function serveStaticFile(
  { req, res, path }: Pick<Exchange, 'req' | 'res' | 'path'>,
  rendererDir: string
): Promise<void> {
  if (req.method !== 'GET' && req.method !== 'HEAD') throw methodNotAllowed(res, ['GET', 'HEAD'])
  const isIndex = path === '/'
  if (!isIndex && !assetPath.test(path)) throw notFound()
  const file = await readFile(join(rendererDir, isIndex ? 'index.html' : path)).catch(() => null)
  if (file === null) throw notFound()
  res.writeHead(200, {
    'content-type': types[isIndex ? '.html' : extname(path)] ?? 'application/octet-stream',
    'content-length': file.length,
    // the build puts a hash of the content into every asset's name
    'cache-control': isIndex ? 'no-cache' : 'public, max-age=31536000, immutable',
    'content-security-policy': contentSecurityPolicy,
    'cross-origin-opener-policy': 'same-origin',
    'cross-origin-resource-policy': 'same-origin',
    'x-content-type-options': 'nosniff',
    'referrer-policy': 'no-referrer'
  })
  res.end(file)
}

function notFound(): HomeportError {
  return new HomeportError('not-found', 'There is no such page.')
}
