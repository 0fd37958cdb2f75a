import { expect, test } from 'playwright/test'
import { type DesktopApp, launchApp } from './launch.ts'
import { clickTrayMenu, untilReady, visibleWindows } from './shell-actions.ts'

const mainWidth = 1180
const quickWidth = 680

let app: DesktopApp
test.beforeAll(async () => {
  app = await launchApp()
  await untilReady(app)
  await app.quickWindow()
})
test.afterAll(() => app.close())
test.beforeEach(async () => {
  await clickTrayMenu(app, 'open')
  await expect.poll(() => visibleWindows(app)).toEqual([mainWidth])
})

const closeMainWindow = () =>
  app.evaluate(({ BrowserWindow }, width) => {
    BrowserWindow.getAllWindows()
      .find((window) => window.getBounds().width === width)
      ?.close()
  }, mainWidth)

test('the tray opens the quick prompt, which was ready beforehand, and hides it again', async () => {
  await clickTrayMenu(app, 'quick')
  await expect.poll(() => visibleWindows(app)).toContain(quickWidth)
  await clickTrayMenu(app, 'quick')
  await expect.poll(() => visibleWindows(app)).toEqual([mainWidth])
})

test('the global shortcut is registered, and toggles the quick prompt', async () => {
  const isRegistered = () =>
    app.evaluate(({ globalShortcut }) => globalShortcut.isRegistered('CommandOrControl+Shift+Space'))
  await expect.poll(isRegistered).toBe(true)
  const press = () => app.evaluate(() => globalThis.__homeport.shortcuts.quickPrompt())
  await press()
  await expect.poll(() => visibleWindows(app)).toContain(quickWidth)
  await press()
  await expect.poll(() => visibleWindows(app)).not.toContain(quickWidth)
})

test('the quick prompt goes away when the person turns to another window', async () => {
  await clickTrayMenu(app, 'quick')
  await expect.poll(() => visibleWindows(app)).toContain(quickWidth)
  await clickTrayMenu(app, 'open')
  await expect.poll(() => visibleWindows(app)).toEqual([mainWidth])
})

test('a page can hide the quick prompt, and open the main window on a chat', async () => {
  const quick = await app.quickWindow()
  await clickTrayMenu(app, 'quick')
  await expect.poll(() => visibleWindows(app)).toContain(quickWidth)
  await quick.evaluate(() => window.homeport?.invoke('window:hide-quick'))
  await expect.poll(() => visibleWindows(app)).toEqual([mainWidth])
  await closeMainWindow()
  await expect.poll(() => visibleWindows(app)).toEqual([])
  await quick.evaluate(() => window.homeport?.invoke('window:open-chat', null))
  await expect.poll(() => visibleWindows(app)).toEqual([mainWidth])
})

test('closing the window leaves the daemon running, and the tray brings the window back', async () => {
  const { baseUrl } = await untilReady(app)
  await closeMainWindow()
  await expect.poll(() => visibleWindows(app)).toEqual([])
  expect((await fetch(`${baseUrl}/health`)).status).toBe(200)
  await clickTrayMenu(app, 'open')
  await expect.poll(() => visibleWindows(app)).toEqual([mainWidth])
})

test('a second start shows the window of the first, and ends', async () => {
  await closeMainWindow()
  await expect.poll(() => visibleWindows(app)).toEqual([])
  expect(app.startAgain()).toBe(0)
  await expect.poll(() => visibleWindows(app)).toEqual([mainWidth])
})
