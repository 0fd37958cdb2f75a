import { readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { expect, test } from 'playwright/test'
import { type DesktopApp, launchApp } from './launch.ts'
import { clickTrayMenu, untilReady, visibleWindows } from './shell-actions.ts'

let app: DesktopApp
test.beforeEach(async () => {
  app = await launchApp()
})
test.afterEach(() => app.close())

const mainWidth = 1180
const quickWidth = 680

const closeMainWindow = () =>
  app.evaluate(({ BrowserWindow }, width) => {
    BrowserWindow.getAllWindows()
      .find((window) => window.getBounds().width === width)
      ?.close()
  }, mainWidth)

test('the tray opens the quick prompt, which was ready beforehand, and hides it again', async () => {
  await app.quickWindow()
  await clickTrayMenu(app, 'quick')
  await expect.poll(() => visibleWindows(app)).toContain(quickWidth)
  await clickTrayMenu(app, 'quick')
  await expect.poll(() => visibleWindows(app)).toEqual([mainWidth])
})

test('the global shortcut is registered, and toggles the quick prompt', async () => {
  await untilReady(app)
  const isRegistered = () =>
    app.evaluate(({ globalShortcut }) => globalShortcut.isRegistered('CommandOrControl+Shift+Space'))
  await expect.poll(isRegistered).toBe(true)
  await app.quickWindow()
  const press = () => app.evaluate(() => globalThis.__homeport.shortcuts.quickPrompt())
  await press()
  await expect.poll(() => visibleWindows(app)).toContain(quickWidth)
  await press()
  await expect.poll(() => visibleWindows(app)).not.toContain(quickWidth)
})

test('the quick prompt goes away when the person turns to another window', async () => {
  await app.quickWindow()
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
  await untilReady(app)
  await closeMainWindow()
  await expect.poll(() => visibleWindows(app)).toEqual([])
  expect(app.startAgain()).toBe(0)
  await expect.poll(() => visibleWindows(app)).toEqual([mainWidth])
})

test('the window comes back where it was', async () => {
  const place = { x: 40, y: 60, width: 900, height: 640 }
  await app.evaluate(
    ({ BrowserWindow }, bounds) => BrowserWindow.getAllWindows()[0]?.setBounds(bounds),
    place
  )
  const { home } = app
  await app.quit()
  app = await launchApp({ home })
  const bounds = await app.evaluate(({ BrowserWindow }) => BrowserWindow.getAllWindows()[0]?.getBounds())
  expect(bounds).toEqual(place)
})

test('a window whose display is gone comes back on one that is there', async () => {
  const { home } = app
  await app.quit()
  const file = join(home.userData, 'window-state.json')
  const state = JSON.parse(readFileSync(file, 'utf8'))
  writeFileSync(file, JSON.stringify({ ...state, bounds: { ...state.bounds, x: -9000 } }))
  app = await launchApp({ home })
  const bounds = await app.evaluate(({ BrowserWindow }) => BrowserWindow.getAllWindows()[0]?.getBounds())
  expect(bounds?.x).toBeGreaterThanOrEqual(0)
})
