import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { RawConnection, send } from './testing/raw-http.ts'
import { type RunningGateway, startGateway } from './testing/small-gateway.ts'

let folder: string
let gateway: RunningGateway
beforeAll(async () => {
  folder = mkdtempSync(join(tmpdir(), 'homeport-static-'))
  const renderer = join(folder, 'renderer')
  mkdirSync(join(renderer, 'assets', 'fonts'), { recursive: true })
  mkdirSync(join(folder, 'renderer-evil'))
  writeFileSync(join(renderer, 'index.html'), '<!doctype html><p>Größe</p>')
  writeFileSync(join(renderer, 'quick.html'), 'quick')
  writeFileSync(join(renderer, 'assets', 'main-Ab_1-c.js'), 'export {}')
  writeFileSync(join(renderer, 'assets', 'fonts', 'inter.woff2'), Buffer.from([0, 255, 1]))
  writeFileSync(join(renderer, 'assets', '.hidden'), 'secret')
  writeFileSync(join(folder, 'secret.txt'), 'secret')
  writeFileSync(join(folder, 'renderer-evil', 'secret.txt'), 'secret')
  gateway = await startGateway({ rendererDir: renderer })
})
afterAll(async () => {
  await gateway.close()
  rmSync(folder, { recursive: true })
})
const get = (path: string, method = 'GET') => send(gateway.port, { path, method })

test('serves the page and its assets to anyone on this machine', async () => {
  const page = await get('/?from=terminal')
  expect(page.status).toBe(200)
  expect(page.text).toContain('Größe')
  expect(page.headers).toMatchObject({
    'content-type': 'text/html; charset=utf-8',
    'cache-control': 'no-cache'
  })
  const script = await get('/assets/main-Ab_1-c.js')
  expect(script.text).toBe('export {}')
  expect(script.headers['content-type']).toBe('text/javascript; charset=utf-8')
  expect(script.headers['cache-control']).toContain('immutable')
  expect((await get('/assets/fonts/inter.woff2')).headers['content-type']).toBe('font/woff2')
})

test('tells the browser to load and send nothing elsewhere', async () => {
  for (const path of ['/', '/assets/main-Ab_1-c.js']) {
    const { headers } = await get(path)
    const policy = String(headers['content-security-policy'])
    for (const directive of [
      "default-src 'none'",
      "script-src 'self'",
      "connect-src 'self'",
      "img-src 'self' data:",
      "base-uri 'none'",
      "form-action 'none'",
      "frame-ancestors 'none'"
    ]) {
      expect(policy.split('; ')).toContain(directive)
    }
    expect(policy).not.toContain('unsafe')
    expect(headers).toMatchObject({ 'x-content-type-options': 'nosniff', 'referrer-policy': 'no-referrer' })
  }
})

test.each([
  '/assets/../index.html',
  '/assets/../../secret.txt',
  '/assets/..%2f..%2fsecret.txt',
  '/assets/%2e%2e/%2e%2e/secret.txt',
  '/assets/..\\..\\secret.txt',
  '/assets/..%5c..%5csecret.txt',
  '/assets/../../renderer-evil/secret.txt',
  '/assets//etc/passwd',
  '/assets/C:/secret.txt',
  '/assets/main-Ab_1-c.js%00.txt',
  '/assets/main-Ab_1-c.js/',
  '/assets/.hidden',
  '/assets/./main-Ab_1-c.js',
  '/assets/fonts',
  '/assets/',
  '/assets/nothing.js'
])('finds nothing at %s', async (path) => {
  const connection = new RawConnection(gateway.port)
  connection.socket.write(
    `GET ${path} HTTP/1.1\r\nHost: 127.0.0.1:${gateway.port}\r\nConnection: close\r\n\r\n`
  )
  await connection.closed
  expect(connection.received).toMatch(/^HTTP\/1.1 404 /)
  expect(connection.received).not.toContain('secret')
})

test('other files of the build need a credential like any unknown address', async () => {
  expect((await get('/index.html')).status).toBe(401)
  expect((await get('/quick.html')).status).toBe(401)
})

test('takes only GET and HEAD', async () => {
  const head = await get('/', 'HEAD')
  expect(head).toMatchObject({ status: 200, text: '' })
  const post = await get('/', 'POST')
  expect(post.status).toBe(405)
  expect(post.headers.allow).toBe('GET, HEAD')
})
