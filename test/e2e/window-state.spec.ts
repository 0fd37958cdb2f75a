import { readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { expect, test } from 'playwright/test'
import { type DesktopApp, launchApp } from './launch.ts'

let app: DesktopApp
test.beforeEach(async () => {
  app = await launchApp()
})
test.afterEach(() => app.close())

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
