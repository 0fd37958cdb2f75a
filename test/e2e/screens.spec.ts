import { join, resolve } from 'node:path'
import { expect, type Page, test } from 'playwright/test'
import type { DaemonFile } from '../../core/contract/info.ts'
import { type FakeUpstream, startFakeUpstream } from '../support/fake-upstream.ts'
import { showcase, shownQuestion } from '../support/showcase.ts'
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

/** What a person has after a few days: chats, keys of programs and their calls, a model file, prices. */
async function livedIn({ port, controlToken }: DaemonFile): Promise<void> {
  const send = async (token: string, method: string, path: string, body: unknown) => {
    const response = await fetch(`http://127.0.0.1:${port}${path}`, {
      method,
      headers: { authorization: `Bearer ${token}`, 'content-type': 'application/json' },
      body: JSON.stringify(body)
    })
    return { ok: response.ok, json: JSON.parse(await response.text()) }
  }
  await send(controlToken, 'PATCH', '/app/providers/openai', { pricing: 'openai' })
  for (const text of Object.keys(showcase.answers).filter((question) => question !== shownQuestion)) {
    const chat = await send(controlToken, 'POST', '/app/chats', {})
    const turn = { parentId: null, text, model: 'openai/gpt-5-mini' }
    await send(controlToken, 'POST', `/app/chats/${chat.json.id}/turns`, turn)
  }
  for (const [name, model, content] of programCalls) {
    const { json } = await send(controlToken, 'POST', '/app/keys', { name })
    await send(json.secret, 'POST', '/v1/chat/completions', { model, messages: [{ role: 'user', content }] })
  }
}

const programCalls = [
  ['Editor', 'openai/gpt-5', 'Fix the flaky websocket test'],
  ['Terminal', 'openai/gpt-5-nano', 'Name this commit'],
  ['Nightly script', 'openai/o4-mini', 'Summarise the inbox']
] as const

let app: DesktopApp
let upstream: FakeUpstream
let refused: string[]
test.describe.configure({ mode: 'serial' })
test.beforeAll(async () => {
  upstream = await startFakeUpstream({ apiKey: 'sk-screens', showcase })
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
  await connectUpstream(page, upstream, 'sk-screens', 'OpenAI')
  await photograph(page, 'chat-empty')
  await livedIn(app.home.daemon())
  await open(page, 'Activity')
  await open(page, 'Chat')
  await page.getByRole('button', { name: 'New chat' }).first().click()
  await chooseModel(page, 'gpt-5-mini')
  await ask(page, shownQuestion)
  await expect(lastAnswer(page)).toHaveAttribute('aria-busy', 'false')
  await photograph(page, 'chat')
})

test('activity', async () => {
  const page = app.mainWindow
  await open(page, 'Activity')
  await photograph(page, 'activity')
  await page.getByRole('navigation', { name: 'Calls' }).getByRole('link').first().click()
  await expect(page.getByRole('tree', { name: 'Time line' })).toBeVisible()
  await photograph(page, 'activity-call')
})

test('models', async () => {
  const page = app.mainWindow
  await open(page, 'Models')
  await expect(page.getByRole('article', { name: 'OpenAI' })).toBeVisible()
  await photograph(page, 'models')
  await page.getByRole('button', { name: 'Add a provider' }).click()
  await expect(page.getByRole('button', { name: 'Anthropic' })).toBeVisible()
  await photograph(page, 'models-add')
  await page.keyboard.press('Escape')
  await page.getByRole('link', { name: 'OpenAI', exact: true }).click()
  await expect(page.getByRole('table')).toBeVisible()
  await photograph(page, 'models-provider')
})

test('an alias', async () => {
  const page = app.mainWindow
  await open(page, 'Models')
  await page.getByRole('button', { name: 'fast' }).click()
  await page.getByRole('button', { name: 'Save' }).click()
  await page.getByLabel('Prompt to try').fill('Name this commit')
  await expect(page.getByRole('list', { name: 'Asked in this order' })).toBeVisible()
  await photograph(page, 'alias')
})

test('connect', async () => {
  const page = app.mainWindow
  await open(page, 'Connect')
  await page.getByRole('button', { name: 'Create the key' }).click()
  await expect(page.getByText('Waiting for its first call')).toBeVisible()
  await photograph(page, 'connect')
})

test('settings', async () => {
  const page = app.mainWindow
  await open(page, 'Settings')
  for (const part of ['General', 'Gateway', 'Data and privacy', 'About']) {
    await page.getByRole('navigation', { name: 'Parts' }).getByRole('link', { name: part }).click()
    await photograph(page, `settings-${part.toLowerCase().replaceAll(' ', '-')}`)
  }
})

test('quick prompt', async () => {
  const quick = await app.quickWindow()
  await clickTrayMenu(app, 'quick')
  await photograph(quick, 'quick-prompt')
  await quick
    .getByRole('textbox', { name: 'Question' })
    .fill('How do I count sessions per week in SQLite, with gaps filled in?')
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
