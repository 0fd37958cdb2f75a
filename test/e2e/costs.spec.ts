import { readFileSync } from 'node:fs'
import { expect, type Locator, type Page, test } from 'playwright/test'
import type { AppResponse, AppRouteKey } from '../../core/contract/app-routes.ts'
import { type ScriptedUpstream, sendJson, startScriptedUpstream } from '../support/scripted-upstream.ts'
import { type HeadlessApp, launchHeadless } from './headless.ts'
import { open, tabTo, watchPolicy } from './ui-actions.ts'

/** Every answer reports so many tokens: $0.35 of gpt-4o, $0.021 of gpt-4o-mini. */
const usage = { prompt_tokens: 100_000, completion_tokens: 10_000, total_tokens: 110_000 }

test.describe.configure({ mode: 'serial' })
let upstream: ScriptedUpstream
let app: HeadlessApp
let page: Page
let refused: string[]
const secrets: Record<string, string> = {}

/** Asks the control API as the command line does. */
async function control<K extends AppRouteKey>(
  route: K,
  path: string,
  body?: unknown
): Promise<AppResponse<K>> {
  const { port, controlToken } = app.home.daemon()
  const [method = ''] = route.split(' ')
  const response = await fetch(`http://127.0.0.1:${port}${path}`, {
    method,
    headers: { authorization: `Bearer ${controlToken}`, 'content-type': 'application/json' },
    ...(body !== undefined && { body: JSON.stringify(body) })
  })
  expect(response.ok, `${route}: ${response.status}`).toBe(true)
  // proven boundary: the daemon answers as the contract says
  return (await response.json()) as AppResponse<K>
}

/** Calls a model as a program does; resolves with the status and what was said. */
async function call(program: string, model: string): Promise<{ status: number; text: string }> {
  const response = await fetch(`${app.daemon.baseUrl}/v1/chat/completions`, {
    method: 'POST',
    headers: { authorization: `Bearer ${secrets[program]}`, 'content-type': 'application/json' },
    body: JSON.stringify({ model, max_tokens: 100, messages: [{ role: 'user', content: 'Ahoy' }] })
  })
  return { status: response.status, text: await response.text() }
}

const table = (by: string): Locator => page.getByRole('table', { name: `Costs by ${by}` })
const row = (name: string): Locator =>
  page.getByRole('row').filter({ has: page.getByRole('rowheader', { name, exact: true }) })
const figure = (label: string): Locator =>
  page.locator('dl > div').filter({ has: page.getByText(label, { exact: true }) })
const tab = (name: RegExp): Promise<void> => page.getByRole('tab', { name }).click()

async function choose(label: string, option: string): Promise<void> {
  await page.getByRole('combobox', { name: label }).click()
  await page.getByRole('option', { name: option }).click()
}

test.beforeAll(async () => {
  upstream = await startScriptedUpstream(['gpt-4o', 'gpt-4o-mini', 'unheard-of'])
  upstream.answers['chat/completions'] = ({ json }, response) =>
    sendJson(response, {
      id: 'c1',
      object: 'chat.completion',
      created: 1,
      model: json?.model,
      choices: [{ index: 0, message: { role: 'assistant', content: 'Aye.' }, finish_reason: 'stop' }],
      usage
    })
  app = await launchHeadless()
  page = app.page
  refused = watchPolicy(page)
  const provider = { id: 'harbour', baseUrl: upstream.baseUrl, pricing: 'openai' }
  await control('POST /app/providers', '/app/providers', provider)
  await control('PUT /app/aliases/:name', '/app/aliases/fast', { targets: [{ model: 'harbour/gpt-4o' }] })
  for (const name of ['Editor', 'Script'])
    secrets[name] = (await control('POST /app/keys', '/app/keys', { name })).secret
  await page.reload()
})
test.afterAll(async () => {
  await app.close()
  await upstream.close()
})

test('before the first call Costs says what it will show', async () => {
  await open(page, 'Costs')
  await expect(page.getByRole('heading', { name: 'Nothing spent yet' })).toBeVisible()
})

test('calls show at once, by the model that answered, and those of unknown price apart', async () => {
  await call('Editor', 'fast')
  await call('Editor', 'fast')
  await call('Script', 'harbour/gpt-4o-mini')
  await call('Script', 'harbour/unheard-of')
  await expect(figure('Spent this month')).toContainText('$0.72')
  await expect(figure('Price unknown')).toContainText('1')
  await expect(row('harbour/gpt-4o')).toContainText('$0.70')
  await expect(row('harbour/gpt-4o-mini')).toContainText('$0.02')
  await expect(row('harbour/unheard-of')).toContainText('unknown')
  await expect(row('All')).toContainText('$0.72')
})

test('they are told apart by program, narrowed to one, and found again in Activity', async () => {
  await choose('Told apart by', 'By app')
  await expect(table('app').getByRole('row')).toHaveCount(4)
  await page.getByRole('button', { name: 'Only Editor' }).click()
  await expect(table('model').getByRole('rowheader')).toHaveText(['harbour/gpt-4o', 'All'])
  await page.getByRole('button', { name: 'No longer only app Editor' }).click()
  await row('Editor').getByRole('link').click()
  await expect(page).toHaveURL(/#\/activity\?app=Editor&source=gateway&from=\d+&until=\d+$/)
  await expect(page.getByRole('navigation', { name: 'Calls' }).getByRole('link')).toHaveCount(2)
})

test('a price of one’s own prices the past anew, and what is saved as CSV is what the daemon says', async () => {
  await open(page, 'Costs')
  await tab(/^Prices/)
  await page.getByRole('button', { name: 'Set a price' }).click()
  const dialog = page.getByRole('dialog', { name: 'Set a price' })
  await dialog.getByLabel('Vendor').fill('openai')
  await dialog.getByLabel('Model').fill('unheard-of')
  await dialog.getByLabel('Input').fill('1')
  await dialog.getByLabel('Output').fill('2')
  await dialog.getByRole('button', { name: 'Save' }).click()
  await expect(page.getByRole('table', { name: 'Your prices' })).toContainText('unheard-of')
  await page.getByRole('button', { name: 'Book history anew' }).click()
  await page.getByRole('button', { name: 'See what changes' }).click()
  await page.getByRole('button', { name: 'Book 1 call anew' }).click()
  await tab(/^Overview/)
  await expect(row('harbour/unheard-of')).toContainText('$0.12')
  await expect(figure('Price unknown')).toContainText('Every call has a price')

  const download = page.waitForEvent('download')
  await page.getByRole('button', { name: 'Export' }).click()
  await page.getByRole('menuitem', { name: 'Sums as CSV' }).click()
  const saved = readFileSync(await (await download).path(), 'utf8')
  const { csv } = await control('GET /app/costs/csv', '/app/costs/csv?by=model')
  expect(saved).toBe(csv)
  expect(saved).toContain('0.700000000')
})

test('a budget made without a mouse holds a program back, which is told in the bell', async () => {
  await tab(/^Budgets/)
  await tabTo(page, page.getByRole('button', { name: 'Set a budget' }))
  await page.keyboard.press('Enter')
  await expect(page.getByLabel('Name')).toBeFocused()
  await page.keyboard.type('Editor cap')
  await choose('Which calls', 'One program’s')
  await choose('Program', 'Editor')
  await page.getByLabel('Limit in dollars').fill('1')
  await tabTo(page, page.getByRole('checkbox', { name: 'Refuse' }))
  await page.keyboard.press('Space')
  await page.keyboard.press('Enter')
  await expect(page.getByRole('meter', { name: 'Spent of Editor cap' })).toHaveAttribute(
    'aria-valuenow',
    '70'
  )

  expect((await call('Editor', 'fast')).status).toBe(200)
  const held = await call('Editor', 'fast')
  expect(held.status).toBe(402)
  expect(held.text).toContain('Editor cap')
  expect((await call('Script', 'harbour/gpt-4o-mini')).status).toBe(200)
  await expect(page.getByText('$0.0500 over')).toBeVisible()
  await page.getByRole('link', { name: /^Alerts, \d+ unread/ }).click()
  await expect(page.getByRole('heading', { name: 'Budget “Editor cap” is used up' })).toBeVisible()
})

/** What was told of the budget last. */
const told = (): Locator => page.getByRole('listitem').filter({ hasText: 'is used up' })

test('it names the call behind it', async () => {
  await told().getByRole('link', { name: 'Show the call' }).click()
  await expect(page.getByRole('main', { name: 'Call' })).toContainText('Ahoy')
  await page.goBack()
})

test('and what can be done: pause the program, which is told why, and let it go on', async () => {
  await told().getByRole('button', { name: 'Pause “Editor”' }).click()
  await page.getByRole('button', { name: 'Pause', exact: true }).click()
  await expect(told().getByRole('button', { name: 'Resume “Editor”' })).toBeVisible()
  const paused = await call('Editor', 'fast')
  expect(paused.status).toBe(403)
  expect(JSON.parse(paused.text).error).toMatchObject({
    code: 'permission_denied',
    message: expect.stringContaining('“Editor” is paused. Resume it')
  })
  await told().getByRole('button', { name: 'Resume “Editor”' }).click()
  await expect(told().getByRole('button', { name: 'Pause “Editor”' })).toBeVisible()
  expect((await call('Editor', 'fast')).status).toBe(402)
})

test('raise the budget', async () => {
  await told().getByRole('button', { name: 'Raise the budget “Editor cap”' }).click()
  const dialog = page.getByRole('dialog', { name: 'Change Editor cap' })
  await dialog.getByLabel('Limit in dollars').fill('5')
  await dialog.getByRole('button', { name: 'Save' }).click()
  await expect(dialog).toBeHidden()
  await expect(page.getByRole('meter', { name: 'Spent of Editor cap' })).toHaveAttribute(
    'aria-valuenow',
    '21'
  )
  expect((await call('Editor', 'fast')).status).toBe(200)
})

test('or change what its alias asks', async () => {
  await tab(/^Alerts/)
  await told().getByRole('button', { name: 'Change what fast asks' }).click()
  await expect(page.getByRole('heading', { name: 'fast' })).toBeVisible()
})

test('an alert of one’s own stands beside those that are built in', async () => {
  await open(page, 'Costs')
  await tab(/^Alerts/)
  await page.getByRole('button', { name: 'Watch something' }).click()
  await choose('What', 'Silence')
  await choose('Which calls', 'One app')
  await page.getByLabel('Which one').fill('Script')
  await page.getByRole('button', { name: 'Save' }).click()
  const rules = page.getByRole('list', { name: 'What is watched' }).getByRole('listitem')
  await expect(rules).toHaveCount(6)
  await expect(rules.filter({ hasText: 'no call for 24 h · only Script' })).toContainText('fine')
})

test('nothing on the way needed what the policy forbids', () => {
  expect(refused).toEqual([])
})
