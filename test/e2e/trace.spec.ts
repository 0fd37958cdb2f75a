import { expect, type Locator, type Page, test } from 'playwright/test'
import { type FakeUpstream, fakeModels, startFakeUpstream } from '../support/fake-upstream.ts'
import { hosts, type RunningApp } from './hosts.ts'
import {
  ask,
  chooseModel,
  connectUpstream,
  copiedText,
  lastAnswer,
  open,
  tabTo,
  watchPolicy
} from './ui-actions.ts'

const key = 'sk-of-the-harbour'
const question = 'Which way\nto the harbour?'
const later = 'Which way\nto the lighthouse?'

const callOf = (page: Page): Locator => page.getByRole('main', { name: 'Call' })
const section = (page: Page, name: string): Locator => callOf(page).getByRole('region', { name, exact: true })

async function askInNewChat(page: Page, text: string): Promise<void> {
  await open(page, 'Chat')
  await page.getByRole('button', { name: 'New chat' }).first().click()
  await chooseModel(page, fakeModels.echo)
  await ask(page, text)
  await expect(lastAnswer(page)).toHaveAttribute('aria-busy', 'false')
}

// the window is the same in both hosts: what differs between them has specs of its own
for (const host of hosts.filter(({ name }) => name === 'headless')) {
  test.describe(host.name, () => {
    test.describe.configure({ mode: 'serial' })
    let app: RunningApp
    let upstream: FakeUpstream
    let refused: string[]

    test.beforeAll(async () => {
      upstream = await startFakeUpstream({ apiKey: key })
      app = await host.open()
      refused = watchPolicy(app.page)
      await connectUpstream(app.page, upstream, key)
    })
    test.afterAll(async () => {
      await app.close()
      await upstream.close()
    })

    test('the steps of a call are walked, folded and looked into without a mouse', async () => {
      const { page } = app
      await askInNewChat(page, question)
      await askInNewChat(page, later)
      await lastAnswer(page).getByRole('button', { name: 'Open in Activity' }).click()
      const tree = callOf(page).getByRole('tree', { name: 'Time line' })
      const steps = tree.getByRole('treeitem')
      await tabTo(page, tree)
      const all = await steps.count()
      expect(all).toBeGreaterThan(2)
      await page.keyboard.press('ArrowLeft')
      await expect(steps).toHaveCount(1)
      await expect(steps).toHaveAttribute('aria-expanded', 'false')
      await page.keyboard.press('ArrowRight')
      await expect(steps).toHaveCount(all)
      await page.keyboard.press('Enter')
      await expect(section(page, 'Step request')).toBeVisible()
      await page.keyboard.press('ArrowDown')
      await expect(section(page, 'Step request')).toBeHidden()
      await expect(tree.locator('[aria-selected=true]')).toHaveAttribute('aria-level', '2')
      await page.keyboard.press('Escape')
      await expect(tree.locator('[aria-selected=true]')).toHaveCount(0)
      await expect(tree).toBeFocused()
    })

    test('its texts are read as messages, and as they were sent', async () => {
      const { page } = app
      const tabs = callOf(page).getByRole('tablist', { name: 'What was sent' })
      await expect(section(page, 'prompt')).toContainText('to the lighthouse?')
      await tabs.getByRole('tab', { name: 'Response' }).click()
      await expect(section(page, 'response')).toContainText('to the lighthouse?')
      await tabs.getByRole('tab', { name: 'Raw' }).click()
      await expect(section(page, 'request')).toContainText('"messages": [')
    })

    test('it is copied as a command without the key', async () => {
      const { page } = app
      await callOf(page).getByRole('button', { name: 'Copy as curl' }).click()
      await expect(callOf(page).getByRole('button', { name: 'Copied' })).toBeVisible()
      const copied = await copiedText(page)
      expect(copied).toMatch(/^curl -N 'http:\/\/127\.0\.0\.1:\d+\/v1\/chat\/completions' \\\n/)
      expect(copied).toContain('-H "Authorization: Bearer $HOMEPORT_KEY"')
      expect(copied).toContain('to the lighthouse?')
      expect(copied).not.toContain('hp_')
    })

    test('what a person says of it is kept', async () => {
      const { page } = app
      const judgement = section(page, 'Your judgement')
      await judgement.getByRole('button', { name: 'Good answer' }).click()
      await expect(judgement.getByRole('button', { name: 'Good answer' })).toHaveAttribute(
        'aria-pressed',
        'true'
      )
      await judgement.getByRole('textbox', { name: 'Add a tag' }).fill('harbour, kept')
      await page.keyboard.press('Enter')
      await expect(judgement.getByRole('list', { name: 'Tags' }).getByRole('listitem')).toHaveCount(2)
      await judgement.getByRole('button', { name: 'Remove the tag kept' }).click()
      await expect(judgement.getByRole('list', { name: 'Tags' }).getByRole('listitem')).toHaveCount(1)
      await judgement.getByRole('textbox', { name: 'Comment' }).fill('It knows the way.')
      await page.keyboard.press('ControlOrMeta+Enter')
      await expect(judgement).toContainText('Saved')
      await page.reload()
      await expect(judgement.getByRole('textbox', { name: 'Comment' })).toHaveValue('It knows the way.')
      await expect(judgement.getByRole('link', { name: 'harbour' })).toBeVisible()
      await expect(judgement.getByRole('button', { name: 'Good answer' })).toHaveAttribute(
        'aria-pressed',
        'true'
      )
    })

    test('it is laid beside another call, line by line', async () => {
      const { page } = app
      const compare = section(page, 'Compare')
      await compare.getByRole('combobox', { name: 'Search calls to compare with' }).click()
      await page.getByPlaceholder('Search calls to compare with').fill('to the harbour')
      await page.getByRole('option').first().click()
      await expect(compare.getByRole('table', { name: 'The two calls' })).toContainText(fakeModels.echo)
      await compare.getByRole('radio', { name: 'Changes in the answer' }).click()
      const changes = section(page, 'Changes in the answer')
      await expect(changes.getByText('only here: to the lighthouse?')).toBeVisible()
      await expect(changes.getByText('only there: to the harbour?')).toBeVisible()
    })

    test('another model is asked the same, and its answer stands beside the first', async () => {
      const { page } = app
      const compare = section(page, 'Compare')
      await compare.getByRole('combobox', { name: 'Search models' }).click()
      await page.getByPlaceholder('Search models').fill(fakeModels.small)
      await page.getByRole('option').first().click()
      await compare.getByRole('button', { name: 'Ask it the same' }).click()
      await compare.getByRole('radio', { name: 'Side by side' }).click()
      await expect(section(page, 'Answer of the other call')).toContainText('Hello from the fake upstream.')
      await expect(section(page, 'Answer of this call')).toContainText('to the lighthouse?')
      await compare.getByRole('link', { name: 'The other call' }).click()
      await expect(callOf(page)).toContainText('Replay')
      await expect(callOf(page)).toContainText(fakeModels.small)
    })

    test('nothing on the way needed what the policy forbids', () => {
      expect(refused).toEqual([])
    })
  })
}
