import { readFileSync } from 'node:fs'
import { expect, type Locator, type Page, test } from 'playwright/test'
import { type FakeUpstream, fakeModels, startFakeUpstream } from '../support/fake-upstream.ts'
import { type HeadlessApp, launchHeadless } from './headless.ts'
import { connectUpstream, open, tabTo, watchPolicy } from './ui-actions.ts'

const upstreamKey = 'sk-of-the-harbour'

test.describe.configure({ mode: 'serial' })
let upstream: FakeUpstream
let app: HeadlessApp
let page: Page
let refused: string[]
let appKey: string

/** Calls a model as a program does, and waits for the end of the answer. */
async function call(content: string, headers: Record<string, string> = {}, model: string = fakeModels.echo) {
  const response = await fetch(`${app.daemon.baseUrl}/v1/chat/completions`, {
    method: 'POST',
    headers: { authorization: `Bearer ${appKey}`, 'content-type': 'application/json', ...headers },
    body: JSON.stringify({ model: `harbour/${model}`, messages: [{ role: 'user', content }] })
  })
  await response.text()
}

async function createKey(name: string): Promise<string> {
  const { port, controlToken } = app.home.daemon()
  const response = await fetch(`http://127.0.0.1:${port}/app/keys`, {
    method: 'POST',
    headers: { authorization: `Bearer ${controlToken}`, 'content-type': 'application/json' },
    body: JSON.stringify({ name })
  })
  return JSON.parse(await response.text()).secret
}

const calls = (): Locator => page.getByRole('navigation', { name: 'Calls' }).getByRole('link')
const facet = (name: string): Locator => page.getByRole('region', { name, exact: true })
const value = (name: string, words: string): Locator =>
  facet(name).getByRole('button', { name: new RegExp(`^${words}`) })
const search = (): Locator => page.getByRole('searchbox', { name: 'Search calls' })
/** Where no row of the list is under the pointer, so that new calls are listed as they come. */
const lookAway = (): Promise<void> => page.mouse.move(700, 30)

test.beforeAll(async () => {
  upstream = await startFakeUpstream({ apiKey: upstreamKey })
  app = await launchHeadless()
  page = app.page
  refused = watchPolicy(page)
  await connectUpstream(page, upstream, upstreamKey)
  appKey = await createKey('Harbour script')
})
test.afterAll(async () => {
  await app.close()
  await upstream.close()
})

test('without calls the screen teaches; the first one appears by itself', async () => {
  await open(page, 'Activity')
  await expect(page.getByRole('heading', { name: 'No calls yet' })).toBeVisible()
  await lookAway()
  await call('Where is the pilot boat?', { 'x-homeport-session': 'night-watch' })
  await expect(calls()).toHaveCount(1)
  await expect(calls().first()).toContainText('Where is the pilot boat?')
  await expect(facet('App')).toContainText('Harbour script')
})

test('facets narrow the list and say it in the address, and going back widens it', async () => {
  await call('Which crane is free?', {
    'x-homeport-session': 'night-watch',
    'x-homeport-project': 'cranes',
    'x-homeport-tags': 'urgent'
  })
  await call('Too warm?', { 'x-homeport-project': 'weather' }, fakeModels.badParameter)
  await expect(calls()).toHaveCount(3)
  await value('Project', 'cranes').click()
  await expect(calls()).toHaveCount(1)
  await expect(calls()).toContainText('Which crane is free?')
  await expect(page).toHaveURL(/#\/activity\?project=cranes$/)
  await expect(value('Project', 'cranes')).toHaveAttribute('aria-pressed', 'true')
  await page.goBack()
  await expect(calls()).toHaveCount(3)
  await page.goForward()
  await expect(calls()).toHaveCount(1)
  await page.reload()
  await expect(calls()).toHaveCount(1)
  await page.getByRole('button', { name: 'No longer only Project: cranes' }).click()
  await expect(calls()).toHaveCount(3)
  await page.getByRole('button', { name: 'Errors' }).click()
  await expect(calls()).toHaveCount(1)
  await expect(calls()).toContainText("Invalid 'temperature'")
  await page.getByRole('button', { name: 'Errors' }).click()
})

test('words are found in titles as they are typed, and in what was asked and answered', async () => {
  await search().fill('CRANE')
  await expect(calls()).toHaveCount(1)
  await search().fill('no such words')
  await expect(page.getByText('No call matches.')).toBeVisible()
  await page.getByRole('button', { name: 'Show all calls' }).click()
  await expect(search()).toHaveValue('')
  await expect(calls()).toHaveCount(3)
  await page.getByRole('radiogroup', { name: 'Search in' }).getByRole('radio', { name: 'Texts' }).click()
  await search().fill('pilot boat')
  await expect(calls()).toHaveCount(1)
  await expect(page).toHaveURL(/text=pilot\+boat/)
  await search().fill('')
  await expect(calls()).toHaveCount(3)
})

test('a range narrows the list when its field is left', async () => {
  const least = page.getByLabel('Time taken at least')
  await least.fill('3600')
  await least.press('Enter')
  await expect(page.getByText('No call matches.')).toBeVisible()
  await least.fill('')
  await least.press('Enter')
  await expect(calls()).toHaveCount(3)
})

test('a view is saved under a name, opened and removed', async () => {
  await value('Tag', 'urgent').click()
  await page.getByRole('button', { name: 'Saved views' }).click()
  await page.getByRole('menuitem', { name: 'Save this view' }).click()
  await page.getByLabel('Name').fill('Urgent ones')
  await page.getByLabel('Name').press('Enter')
  await expect(page.getByRole('dialog')).toBeHidden()
  await open(page, 'Activity')
  await expect(calls()).toHaveCount(3)
  await page.getByRole('button', { name: 'Saved views' }).click()
  await page.getByRole('menuitem', { name: 'Urgent ones' }).click()
  await expect(calls()).toHaveCount(1)
  await page.getByRole('button', { name: 'Saved views: Urgent ones' }).click()
  await page.getByRole('menuitem', { name: 'Remove' }).click()
  await expect(page.getByRole('button', { name: 'Saved views', exact: true })).toBeVisible()
})

test('new calls wait while one points at the list, and are shown when asked for', async () => {
  await open(page, 'Activity')
  await expect(calls()).toHaveCount(3)
  await calls().first().hover()
  await call('Who took the tug?')
  const held = page.getByRole('button', { name: '1 new call' })
  await expect(held).toBeVisible()
  await expect(calls()).toHaveCount(3)
  await held.click()
  await expect(calls()).toHaveCount(4)
  await expect(calls().first()).toContainText('Who took the tug?')
  await lookAway()
})

test('a session shows its calls in the order they were made, with their sums', async () => {
  await page.goto(`${app.daemon.baseUrl}/#/activity?session=night-watch`)
  const table = page.getByRole('table', { name: 'Calls of this session' })
  await expect(page.getByRole('heading', { name: 'Session night-watch' })).toBeVisible()
  await expect(table.getByRole('link')).toHaveText([/Where is the pilot boat\?/, /Which crane is free\?/])
  await table.getByRole('link').first().click()
  await expect(page.getByRole('main', { name: 'Call' })).toContainText('Where is the pilot boat?')
  await expect(calls()).toHaveCount(2)
})

test('what matches is exported as one file', async () => {
  await page.goto(`${app.daemon.baseUrl}/#/activity?project=cranes`)
  await page.getByRole('button', { name: 'Export' }).click()
  const [download] = await Promise.all([
    page.waitForEvent('download'),
    page.getByRole('menuitem', { name: 'Calls with texts as JSONL' }).click()
  ])
  expect(download.suggestedFilename()).toMatch(/^homeport-calls-\d{4}-\d\d-\d\d\.jsonl$/)
  const lines = readFileSync(await download.path(), 'utf8')
    .trim()
    .split('\n')
  expect(lines).toHaveLength(1)
  const exported = JSON.parse(lines[0] ?? '')
  expect(exported).toMatchObject({ title: 'Which crane is free?', labels: { project: 'cranes' } })
  expect(exported.requestBody).toContain('Which crane is free?')
})

test('calls are walked through, opened, chosen and erased with the keyboard alone', async () => {
  await open(page, 'Activity')
  await expect(calls()).toHaveCount(4)
  await tabTo(page, calls().first())
  await page.keyboard.press('End')
  await expect(calls().last()).toBeFocused()
  await page.keyboard.press('ArrowUp')
  await expect(calls().nth(2)).toBeFocused()
  await page.keyboard.press('Home')
  await page.keyboard.press('Enter')
  await expect(calls().first()).toHaveAttribute('aria-current', 'page')
  await page.keyboard.press('Delete')
  await expect(page.getByRole('alertdialog', { name: 'Erase this call' })).toBeVisible()
  await page.keyboard.press('Escape')
  await expect(calls().first()).toBeFocused()
  await page.keyboard.press(' ')
  const boxes = page.getByRole('navigation', { name: 'Calls' }).getByRole('checkbox')
  await expect(boxes.first()).toBeChecked()
  await page.keyboard.press('ArrowDown')
  await page.keyboard.press(' ')
  const chosen = page.getByRole('region', { name: 'Chosen calls' })
  await expect(chosen).toContainText('2 chosen')
  await tabTo(page, chosen.getByRole('button', { name: 'Erase' }))
  await page.keyboard.press('Enter')
  const dialog = page.getByRole('alertdialog', { name: 'Erase 2 calls' })
  await tabTo(page, dialog.getByRole('button', { name: 'Erase' }))
  await page.keyboard.press('Enter')
  await expect(calls()).toHaveCount(2)
  await expect(chosen).toBeHidden()
  await expect(page).toHaveURL(/#\/activity$/)
})

test('all that match are erased at once, and only they', async () => {
  await value('Project', 'cranes').click()
  await expect(calls()).toHaveCount(1)
  await page.getByRole('button', { name: 'Erase…' }).click()
  const dialog = page.getByRole('alertdialog', { name: 'Erase the call that matches' })
  await dialog.getByRole('button', { name: 'Erase' }).click()
  await expect(page.getByText('No call matches.')).toBeVisible()
  await page.getByRole('button', { name: 'Show all calls' }).click()
  await expect(calls()).toHaveCount(1)
  await expect(calls()).toContainText('Where is the pilot boat?')
})

test('keeping less is asked about, and an address that is none is refused', async () => {
  await open(page, 'Settings')
  const parts = page.getByRole('navigation', { name: 'Parts' })
  await parts.getByRole('link', { name: 'Data and privacy' }).click()
  const days = page.getByLabel('Days that prompts and answers are kept')
  await days.fill('7')
  await days.press('Enter')
  await page.getByRole('alertdialog').getByRole('button', { name: 'Cancel' }).click()
  await expect(days).toHaveValue('30')
  await days.fill('7')
  await days.press('Enter')
  await page.getByRole('alertdialog').getByRole('button', { name: 'Keep less' }).click()
  await expect(page.getByRole('alertdialog')).toBeHidden()
  await page.reload()
  await expect(days).toHaveValue('7')
  await parts.getByRole('link', { name: 'Telemetry' }).click()
  await page.getByLabel('Address of the collector').fill('ftp://harbour')
  await page.getByLabel('Address of the collector').press('Enter')
  await expect(page.getByRole('alert')).toContainText('An address begins with https://')
})

test('nothing on the way needed what the policy forbids', () => {
  expect(refused).toEqual([])
})
