import { createServer, type Server } from 'node:http'
import type { AddressInfo } from 'node:net'
import { expect, test } from 'playwright/test'
import { type DesktopApp, launchApp } from './launch.ts'
import { untilReady } from './shell-actions.ts'

let app: DesktopApp
test.beforeAll(async () => {
  app = await launchApp()
  await untilReady(app)
})
test.afterAll(() => app.close())

/** Another program on this machine, which no page may reach. */
async function stranger(): Promise<{ url: string; hits: () => number; server: Server }> {
  let hits = 0
  const server = createServer((_request, response) => {
    hits++
    response.setHeader('access-control-allow-origin', '*').end('stranger')
  })
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  return { url: `http://127.0.0.1:${(server.address() as AddressInfo).port}/`, hits: () => hits, server }
}

/** Notes what the app gives to the person's browser instead of opening it. */
const watchOpenedLinks = () =>
  app.evaluate(({ shell }) => {
    const opened: string[] = []
    Object.assign(globalThis, { opened })
    shell.openExternal = async (url: string) => {
      opened.push(url)
    }
  })
const openedLinks = () => app.evaluate(() => (globalThis as unknown as { opened: string[] }).opened)

test('pages have the bridge and nothing else of Electron or Node', async () => {
  for (const page of [app.mainWindow, await app.quickWindow()]) {
    const names = ['require', 'process', 'module', 'Buffer', 'ipcRenderer', 'electron', '__homeport']
    const present = (candidates: string[]) => candidates.filter((name) => name in window)
    expect(await page.evaluate(present, names)).toEqual([])
    const bridge = await page.evaluate(() => ({
      members: Object.keys(window.homeport ?? {}).sort(),
      isFrozen: Object.isFrozen(window.homeport)
    }))
    expect(bridge).toEqual({ members: ['invoke', 'on', 'platform', 'version'], isFrozen: true })
  }
})

test('the bridge refuses channels and arguments that the contract does not know', async () => {
  const invoke = (...call: unknown[]) =>
    app.mainWindow.evaluate(async (args) => {
      const bridge = window.homeport as unknown as { invoke(...args: unknown[]): Promise<unknown> }
      return bridge.invoke(...args).then(
        () => 'answered',
        () => 'refused'
      )
    }, call)
  for (const call of [
    ['shell:run', 'calc'],
    ['__proto__'],
    ['constructor'],
    ['shell:open-link', 5],
    ['shell:open-link'],
    ['daemon:restart', 80],
    ['window:open-chat', { id: 1 }]
  ])
    expect(await invoke(...call), JSON.stringify(call)).toBe('refused')
  expect(await invoke('clipboard:read-text')).toBe('answered')
})

test('the policy lets no inline script run and no other server be reached', async () => {
  const { url, hits, server } = await stranger()
  const found = await app.mainWindow.evaluate(async (address) => {
    const script = document.createElement('script')
    script.textContent = 'window.inlineRan = true'
    document.head.append(script)
    const image = new Image()
    const imageFailed = new Promise((resolve) => image.addEventListener('error', () => resolve(true)))
    image.src = `${address}x.png`
    const reach = (target: string) =>
      fetch(target).then(
        () => 'reached',
        () => 'blocked'
      )
    return {
      inlineRan: 'inlineRan' in window,
      imageFailed: await imageFailed,
      stranger: await reach(address),
      internet: await reach('https://example.com/')
    }
  }, url)
  expect(found).toEqual({ inlineRan: false, imageFailed: true, stranger: 'blocked', internet: 'blocked' })
  expect(hits()).toBe(0)
  server.close()
})

test('a page goes nowhere: no navigation, no new window, no frame', async () => {
  await watchOpenedLinks()
  const { url, hits, server } = await stranger()
  const before = app.mainWindow.url()
  await app.mainWindow.evaluate((address) => {
    const frame = document.createElement('iframe')
    frame.src = address
    document.body.append(frame)
    window.open(address)
    window.open('https://example.com/from-window-open')
    location.href = address
  }, url)
  await expect.poll(openedLinks).toEqual(['https://example.com/from-window-open'])
  // the page still answers, at its own address, and nothing it tried has arrived
  expect(await app.mainWindow.evaluate(() => document.title)).toBe('Homeport')
  expect(app.mainWindow.url()).toBe(before)
  expect(hits()).toBe(0)
  server.close()
})

test('links reach the browser only through the gate', async () => {
  await watchOpenedLinks()
  const open = (link: string) =>
    app.mainWindow.evaluate((text) => window.homeport?.invoke('shell:open-link', text), link)
  expect(await open('https://example.com/a')).toBe(true)
  for (const link of ['file:///etc/passwd', 'http://example.com/', 'calculator://', ' https://example.com'])
    expect(await open(link), link).toBe(false)
  expect(await openedLinks()).toEqual(['https://example.com/a'])
})
