import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { fileOfUrl, serveAppFile } from './app-files.ts'

const folder = mkdtempSync(join(tmpdir(), 'homeport-pages-'))
const root = join(folder, 'renderer')

beforeAll(() => {
  mkdirSync(join(root, 'assets'), { recursive: true })
  mkdirSync(`${root}-evil`)
  writeFileSync(join(root, 'index.html'), '<h1>Homeport</h1>')
  writeFileSync(join(root, 'assets/a b.js'), 'export {}')
  writeFileSync(join(`${root}-evil`, 'x.html'), 'evil')
  writeFileSync(join(folder, 'secret.txt'), 'secret')
})
afterAll(() => rmSync(folder, { recursive: true, force: true }))

describe('fileOfUrl', () => {
  it.each([
    ['app://homeport/', 'index.html'],
    ['app://homeport/quick.html?x=1#y', 'quick.html'],
    ['app://homeport/assets/a%20b.js', 'assets/a b.js'],
    ['app://homeport/../secret.txt', 'secret.txt']
  ])('finds %s inside the folder', (url, file) => expect(fileOfUrl(root, url)).toBe(join(root, file)))

  it.each([
    'app://other/index.html',
    'https://homeport/index.html',
    'file:///etc/passwd',
    'app://homeport/..%2fsecret.txt',
    'app://homeport/%2e%2e%2fsecret.txt',
    'app://homeport/assets/..%2f..%2fsecret.txt',
    'app://homeport/..%2frenderer-evil/x.html',
    'app://homeport/..%5csecret.txt',
    'app://homeport/C:%5cWindows',
    'app://homeport/index.html%00.png',
    'app://homeport/%',
    'not a url'
  ])('refuses %s', (url) => expect(fileOfUrl(root, url)).toBeNull())
})

describe('serveAppFile', () => {
  const get = (url: string, method = 'GET') => serveAppFile(root, new Request(url, { method }), 7678)

  it('serves a page with a policy that names the port of the daemon', async () => {
    const response = await get('app://homeport/index.html')
    expect(await response.text()).toBe('<h1>Homeport</h1>')
    expect(response.headers.get('content-type')).toBe('text/html; charset=utf-8')
    const policy = response.headers.get('content-security-policy')?.split('; ')
    expect(policy).toContain("default-src 'none'")
    expect(policy).toContain("script-src 'self'")
    expect(policy).toContain("img-src 'self' data:")
    expect(policy).toContain("connect-src 'self' http://127.0.0.1:7678")
  })

  it('answers 404 for a file that is not there, 403 for another method', async () => {
    expect((await get('app://homeport/none.js')).status).toBe(404)
    expect((await get('app://homeport/index.html', 'POST')).status).toBe(403)
  })
})
