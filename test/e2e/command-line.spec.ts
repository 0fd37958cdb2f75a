import { spawnSync } from 'node:child_process'
import { expect, test } from 'playwright/test'
import { appCommand, type DesktopApp, launchApp } from './launch.ts'
import { untilReady } from './shell-actions.ts'
import { temporaryHome } from './temporary-home.ts'

/** Runs a command through the app's executable, as the packaged app does. */
function homeport(dataDir: string, ...args: string[]) {
  const home = temporaryHome()
  const { file, args: own, cwd, env } = appCommand(home)
  const result = spawnSync(file, [...own, '--cli', ...args, '--data-dir', dataDir], {
    cwd,
    env,
    timeout: 30_000
  })
  home.remove()
  return { status: result.status, stdout: String(result.stdout), stderr: String(result.stderr) }
}

test('commands run through the executable of the app, while no daemon runs', () => {
  const home = temporaryHome()
  const created = homeport(home.dataDir, 'key', 'create', 'Script')
  expect(created.status).toBe(0)
  expect(created.stdout).toMatch(/^\S+\n$/)
  const listed = homeport(home.dataDir, 'key', 'list', '--json')
  expect(JSON.parse(listed.stdout)).toMatchObject({ keys: [{ name: 'Script' }] })
  expect(homeport(home.dataDir, 'no-such-command').status).toBe(2)
  home.remove()
})

test('and while the window is open, by asking its daemon', async () => {
  const app: DesktopApp = await launchApp()
  const { baseUrl } = await untilReady(app)
  const { status, stdout } = homeport(app.home.dataDir, 'key', 'create', 'Script')
  expect(status).toBe(0)
  const models = await fetch(`${baseUrl}/v1/models`, {
    headers: { authorization: `Bearer ${stdout.trim()}` }
  })
  expect(models.status).toBe(200)
  await app.close()
})
