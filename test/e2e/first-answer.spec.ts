import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { expect, test } from 'playwright/test'
import { type FakeUpstream, fakeModels, startFakeUpstream } from '../support/fake-upstream.ts'
import { writeTinyGguf } from '../support/tiny-gguf.ts'
import { hosts, type RunningApp } from './hosts.ts'
import { ask, chooseModel, connectUpstream, lastAnswer, open, watchPolicy } from './ui-actions.ts'

const key = 'sk-of-the-harbour'

for (const host of hosts) {
  test.describe(host.name, () => {
    test.describe.configure({ mode: 'serial' })
    let app: RunningApp
    let upstream: FakeUpstream
    let refused: string[]

    test.beforeAll(async () => {
      upstream = await startFakeUpstream({ apiKey: key })
      app = await host.open()
      refused = watchPolicy(app.page)
    })
    test.afterAll(async () => {
      await app.close()
      await upstream.close()
    })

    test('the first run ends in a first answer', async () => {
      const { page } = app
      await expect(page.getByRole('heading', { name: 'Welcome to Homeport' })).toBeVisible()
      await connectUpstream(page, upstream, key)
      await chooseModel(page, 'auto')
      await chooseModel(page, fakeModels.echo)
      await ask(page, 'Which way to the harbour?')
      await expect(lastAnswer(page)).toContainText('Which way to the harbour?')
      await expect(lastAnswer(page)).toHaveAttribute('aria-busy', 'false')
      await expect(lastAnswer(page)).toContainText(fakeModels.echo)
    })

    test('an answer streams, is rendered as markdown, and survives a reload while it is written', async () => {
      const { page } = app
      await open(page, 'Chat')
      await page.getByRole('button', { name: 'New chat' }).click()
      await chooseModel(page, fakeModels.endless)
      await ask(page, 'Count the ships')
      await expect(lastAnswer(page)).toContainText('word3')
      await page.reload()
      await expect(lastAnswer(page)).toHaveAttribute('aria-busy', 'true')
      const length = async () => (await lastAnswer(page).textContent())?.length
      const before = (await length()) ?? 0
      await expect.poll(length).toBeGreaterThan(before + 50)
    })

    test('stopping ends the answer here and at the provider, and keeps what was written', async () => {
      const { page } = app
      const disconnects = upstream.disconnects
      await page.getByRole('button', { name: 'Stop' }).click()
      await expect(page.getByText('You stopped this answer.')).toBeVisible()
      await expect(lastAnswer(page)).toContainText('word3')
      await expect.poll(() => upstream.disconnects).toBe(disconnects + 1)
      await page.reload()
      await expect(lastAnswer(page)).toContainText('word3')
      await expect(page.getByText('You stopped this answer.')).toBeVisible()
    })

    test('both chats are listed and found by their words', async () => {
      const { page } = app
      const chats = page.getByRole('navigation', { name: 'Chats' })
      await expect(chats.getByRole('link')).toHaveCount(2)
      await page.getByRole('searchbox', { name: 'Search chats' }).fill('harbour')
      await expect(chats.getByRole('link')).toHaveCount(1)
      await chats.getByRole('link').click()
      await expect(lastAnswer(page)).toContainText('Which way to the harbour?')
      await page.getByRole('searchbox', { name: 'Search chats' }).fill('')
    })

    test('Activity shows each call with its tokens, its time line and its texts', async () => {
      const { page } = app
      await open(page, 'Activity')
      const calls = page.getByRole('navigation', { name: 'Calls' }).getByRole('link')
      await expect(calls).toHaveCount(2)
      await calls.last().click()
      const call = page.getByRole('main', { name: 'Call' })
      await expect(call.getByText('12 →')).toBeVisible()
      await expect(call.getByRole('tree', { name: 'Time line' }).getByRole('treeitem')).not.toHaveCount(0)
      await expect(call).toContainText('Which way to the harbour?')
    })

    test('a failure of the provider is told in its words, and asking again works', async () => {
      const { page } = app
      await open(page, 'Chat')
      await page.getByRole('button', { name: 'New chat' }).click()
      await chooseModel(page, fakeModels.badParameter)
      await ask(page, 'Too warm?')
      await expect(lastAnswer(page)).toContainText("Invalid 'temperature'")
      await chooseModel(page, fakeModels.small)
      await page.getByRole('button', { name: 'Try again' }).click()
      await expect(lastAnswer(page)).toContainText('Hello from the fake upstream.')
    })

    test('a model file answers on this machine', async () => {
      const { page } = app
      const folder = mkdtempSync(join(tmpdir(), 'homeport-model-'))
      writeTinyGguf(join(folder, 'tiny.gguf'))
      await open(page, 'Models')
      await page
        .getByRole('button', { name: /Add a (model )?file|Add a model|Add file/ })
        .first()
        .click()
      await app.chooseModelFile(join(folder, 'tiny.gguf'))
      await expect(page.getByText('Tiny test model').first()).toBeVisible()
      await open(page, 'Chat')
      await page.getByRole('button', { name: 'New chat' }).click()
      await chooseModel(page, 'Tiny test model')
      await ask(page, 'Say anything')
      await expect(lastAnswer(page)).not.toContainText('Waiting for the first words', { timeout: 30_000 })
      await page.keyboard.press('Escape')
      await expect(lastAnswer(page)).toHaveAttribute('aria-busy', 'false')
      await expect(lastAnswer(page)).toContainText('tiny')
      await expect(lastAnswer(page).getByRole('button', { name: 'Open in Activity' })).toBeVisible()
      rmSync(folder, { recursive: true, force: true })
    })

    test('nothing on the way needed what the policy forbids', () => {
      expect(refused).toEqual([])
    })
  })
}
