import { createServer } from 'node:net'
import { expect, test } from 'playwright/test'
import { type DesktopApp, launchApp } from './launch.ts'
import { serve } from './serve.ts'
import { clickTrayMenu, connection, trayMenuLabel, untilReady } from './shell-actions.ts'
import { isAlive, temporaryHome } from './temporary-home.ts'

let app: DesktopApp
test.afterEach(() => app.close())

const health = async (baseUrl: string) => (await fetch(`${baseUrl}/health`)).status

test('quitting leaves no process behind', async () => {
  app = await launchApp()
  await untilReady(app)
  const { pid } = app.home.daemon()
  expect(isAlive(pid)).toBe(true)
  await app.quit()
  expect(isAlive(pid)).toBe(false)
  // it was asked to stop, not killed: it took its file along
  expect(() => app.home.daemon()).toThrow()
})

test('a killed daemon is started again on its port, and the page reaches it', async () => {
  app = await launchApp()
  const first = await untilReady(app)
  const killed = app.home.daemon().pid
  process.kill(killed, 'SIGKILL')
  await expect.poll(() => [killed, null].includes(app.home.daemonPid())).toBe(false)
  const second = await untilReady(app)
  expect(second.baseUrl).toBe(first.baseUrl)
  const answer = await app.mainWindow.evaluate(
    ({ baseUrl, token }) =>
      fetch(`${baseUrl}/app/info`, { headers: { authorization: `Bearer ${token}` } }).then((r) => r.status),
    second
  )
  expect(answer).toBe(200)
})

test('a taken port is told with another one to choose, which then works', async () => {
  const other = createServer()
  const taken = await new Promise<number>((resolve) => {
    other.listen(0, '127.0.0.1', () => {
      const address = other.address()
      resolve(typeof address === 'object' && address !== null ? address.port : 0)
    })
  })
  app = await launchApp({ env: { HOMEPORT_PORT: String(taken) } })
  await expect.poll(() => connection(app)).toMatchObject({ state: 'failed', reason: 'port-taken' })
  const failed = await connection(app)
  const suggested = failed?.state === 'failed' ? failed.suggestedPort : null
  expect(suggested).toBeGreaterThan(taken)
  await app.mainWindow.evaluate((port) => window.homeport?.invoke('daemon:restart', port), suggested)
  const { baseUrl } = await untilReady(app)
  expect(baseUrl).toBe(`http://127.0.0.1:${suggested}`)
  expect(await health(baseUrl)).toBe(200)
  other.close()
})

test('the tray pauses the gateway and resumes it', async () => {
  app = await launchApp()
  await untilReady(app)
  await expect.poll(() => trayMenuLabel(app, 'pause')).toBe('Pause gateway')
  await clickTrayMenu(app, 'pause')
  await expect.poll(() => trayMenuLabel(app, 'pause')).toBe('Resume gateway')
  await clickTrayMenu(app, 'pause')
  await expect.poll(() => trayMenuLabel(app, 'pause')).toBe('Pause gateway')
})

test('a daemon that already serves the data folder is joined, and outlives the app', async () => {
  const home = temporaryHome()
  const serving = await serve(home.dataDir)
  app = await launchApp({ home })
  const { baseUrl } = await untilReady(app)
  expect(baseUrl).toBe(serving.baseUrl)
  await expect.poll(() => trayMenuLabel(app, 'pause')).toBe('Pause gateway')
  await clickTrayMenu(app, 'pause')
  await expect.poll(() => trayMenuLabel(app, 'pause')).toBe('Resume gateway')
  await app.quit()
  expect(await health(serving.baseUrl)).toBe(200)
  await serving.stop()
})

test('when a daemon that was joined stops, the app goes on with one of its own', async () => {
  const home = temporaryHome()
  const serving = await serve(home.dataDir)
  app = await launchApp({ home })
  const { baseUrl } = await untilReady(app)
  const joined = home.daemon().pid
  await serving.stop()
  await expect.poll(() => [null, joined].includes(app.home.daemonPid())).toBe(false)
  expect((await untilReady(app)).baseUrl).toBe(baseUrl)
})
