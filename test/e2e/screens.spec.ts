import { join, resolve } from 'node:path'
import { expect, type Page, test } from 'playwright/test'
import { type FakeUpstream, fakeModels, startFakeUpstream } from '../support/fake-upstream.ts'
import { type DesktopApp, launchApp } from './launch.ts'
import { clickTrayMenu } from './shell-actions.ts'
import { ask, chooseModel, connectUpstream, lastAnswer, open, watchPolicy } from './ui-actions.ts'

const folder = resolve(import.meta.dirname, '../../test-results/screens')

/** Photographs what a window shows, in light and in dark, as `<name>-light.png` and `<name>-dark.png`. */
async function photograph(page: Page, name: string, prepare?: () => Promise<unknown>): Promise<void> {
  for (const colorScheme of ['light', 'dark'] as const) {
    await page.emulateMedia({ colorScheme, reducedMotion: 'reduce' })
    await prepare?.()
    await expect(page.locator('html')).toHaveAttribute('data-theme', colorScheme)
    await page.screenshot({ path: join(folder, `${name}-${colorScheme}.png`), animations: 'disabled' })
  }
}

let app: DesktopApp
let upstream: FakeUpstream
let refused: string[]
test.describe.configure({ mode: 'serial' })
test.beforeAll(async () => {
  upstream = await startFakeUpstream({ apiKey: 'sk-screens' })
  app = await launchApp()
  refused = watchPolicy(app.mainWindow)
})
test.afterAll(async () => {
  await app.close()
  await upstream.close()
})

test('the first run', async () => {
  const page = app.mainWindow
  await expect(page.getByRole('heading', { name: 'Welcome to Homeport' })).toBeVisible()
  await photograph(page, 'first-run')
  await page.getByRole('button', { name: /A key from a provider/ }).click()
  await photograph(page, 'first-run-key')
  await page.getByRole('button', { name: 'Back' }).click()
  await page.getByRole('button', { name: /A server on this machine/ }).click()
  await photograph(page, 'first-run-server')
  await page.getByRole('button', { name: 'Back' }).click()
  await page.getByRole('button', { name: /A GGUF file/ }).click()
  await photograph(page, 'first-run-file')
  await page.getByRole('button', { name: 'Back' }).click()
})

test('chat', async () => {
  const page = app.mainWindow
  await connectUpstream(page, upstream, 'sk-screens')
  await photograph(page, 'chat-empty')
  await chooseModel(page, fakeModels.markdown)
  await ask(page, 'Show me a small tour of what an answer can hold')
  await expect(lastAnswer(page)).toHaveAttribute('aria-busy', 'false')
  await photograph(page, 'chat')
})

test('activity', async () => {
  const page = app.mainWindow
  await open(page, 'Activity')
  await photograph(page, 'activity')
  await page.getByRole('navigation', { name: 'Calls' }).getByRole('link').first().click()
  await expect(page.getByRole('list', { name: 'Time line' })).toBeVisible()
  await photograph(page, 'activity-call')
})

test('models and settings', async () => {
  const page = app.mainWindow
  await open(page, 'Models')
  await expect(page.getByText('Harbour').first()).toBeVisible()
  await photograph(page, 'models')
  await open(page, 'Settings')
  for (const part of ['General', 'Connect', 'Data and privacy', 'About']) {
    await page.getByRole('navigation', { name: 'Parts' }).getByRole('link', { name: part }).click()
    await photograph(page, `settings-${part.toLowerCase().replaceAll(' ', '-')}`)
  }
})

test('quick prompt', async () => {
  const quick = await app.quickWindow()
  await clickTrayMenu(app, 'quick')
  await photograph(quick, 'quick-prompt')
  await quick.getByRole('textbox', { name: 'Question' }).fill('A small tour, please')
  await quick.getByRole('textbox', { name: 'Question' }).press('Enter')
  await expect(lastAnswer(quick)).toHaveAttribute('aria-busy', 'false')
  await photograph(quick, 'quick-prompt-answer')
})

test('a gateway that stopped', async () => {
  const page = app.mainWindow
  const { port, controlToken } = app.home.daemon()
  await fetch(`http://127.0.0.1:${port}/app/shutdown`, {
    method: 'POST',
    headers: { authorization: `Bearer ${controlToken}`, 'content-type': 'application/json' },
    body: '{}'
  })
  const tryAgain = page.getByRole('button', { name: 'Try again' })
  await expect(tryAgain).toBeVisible()
  await photograph(page, 'stopped', async () => {
    await page.reload()
    await expect(tryAgain).toBeVisible()
  })
  await page.getByRole('button', { name: 'Try again' }).click()
  await expect(page.getByRole('navigation', { name: 'Screens' })).toBeVisible()
})

test('no screen needs what the policy forbids', () => {
  expect(refused).toEqual([])
})
