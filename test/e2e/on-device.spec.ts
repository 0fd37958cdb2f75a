import { expect, type Page, test } from 'playwright/test'
import { type ModelMirror, startModelMirror } from '../support/model-mirror.ts'
import { tinyGguf } from '../support/tiny-gguf.ts'
import { type DesktopApp, launchApp } from './launch.ts'
import { ask, lastAnswer, open } from './ui-actions.ts'

const repo = 'harbour/tiny-GGUF'
const bytes = tinyGguf({ name: 'Tiny of the harbour' })
const half = Math.floor(bytes.length / 2)

test.describe.configure({ mode: 'serial' })
let app: DesktopApp
let mirror: ModelMirror

test.beforeAll(async () => {
  mirror = await startModelMirror({ repo, file: 'tiny-F32.gguf', bytes })
  app = await launchApp({ env: { HOMEPORT_THREADS: '1' } })
  await app.mainWindow.getByRole('button', { name: 'Skip for now' }).click()
})
test.afterAll(async () => {
  await app.close()
  await mirror.close()
})

const openTab = (page: Page, name: string) => page.getByRole('tab', { name }).click()
const download = (page: Page) => page.getByRole('region', { name: 'Downloads' }).getByRole('listitem')
const progress = (page: Page) => download(page).getByRole('progressbar')
const percent = async (page: Page) => Number(await progress(page).getAttribute('aria-valuenow'))

test('a model is found at the mirror that is set, and its download shows how far it is', async () => {
  const page = app.mainWindow
  await open(page, 'Settings')
  await page.getByRole('link', { name: 'On this machine' }).click()
  await page.getByLabel('Mirror', { exact: true }).fill(mirror.url)
  await page.getByLabel('Mirror', { exact: true }).press('Enter')

  await open(page, 'Models')
  await openTab(page, 'Catalog')
  await page.getByLabel('Words to search Hugging Face for').fill('tiny')
  await page.getByRole('button', { name: 'Search Hugging Face' }).click()
  const found = page.getByRole('list', { name: 'Found at Hugging Face' }).getByRole('listitem')
  await found.getByRole('button', { name: repo }).click()
  mirror.hold(half)
  await found.getByRole('button', { name: /^Download / }).click()
  await expect.poll(() => percent(page)).toBeGreaterThan(30)
  expect(await percent(page)).toBeLessThan(70)
})

test('it is no model before it is whole', async () => {
  const page = app.mainWindow
  await openTab(page, 'Installed')
  await expect(page.getByText('Tiny of the harbour')).toHaveCount(0)
})

test('after a restart of the app the download goes on where it was', async () => {
  const { home } = app
  await app.quit()
  const before = mirror.offsets.length
  app = await launchApp({ home, env: { HOMEPORT_THREADS: '1' } })
  const page = app.mainWindow
  await open(page, 'Models')
  await expect(progress(page)).toBeVisible()
  await expect.poll(() => mirror.offsets.length).toBeGreaterThan(before)
  expect(mirror.offsets.at(-1)).toBe(half)
  mirror.hold(null)
  await expect(download(page)).toContainText('Ready to be used')
})

test('then it is used in a chat', async () => {
  const page = app.mainWindow
  await download(page).getByRole('button', { name: /^Use / }).click()
  await expect(page.getByRole('main').getByRole('combobox')).toContainText('Tiny of the harbour')
  await ask(page, 'Where do ships sleep?')
  await expect(lastAnswer(page)).toHaveAttribute('aria-busy', 'false', { timeout: 30_000 })
  await expect(lastAnswer(page)).toContainText('tiny')
})

test('it is seen running, and leaves memory when it is told to', async () => {
  const page = app.mainWindow
  await open(page, 'Models')
  await openTab(page, 'Running')
  const running = page.getByRole('article', { name: 'Tiny of the harbour' })
  await expect(running).toBeVisible()
  await running.getByRole('button', { name: 'Unload Tiny of the harbour' }).click()
  await expect(running).toHaveCount(0)
  await expect(page.getByText('No model is in memory.')).toBeVisible()
})
