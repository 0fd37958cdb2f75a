import { expect, type Page, test } from 'playwright/test'
import { type FakeUpstream, fakeModels, startFakeUpstream } from '../support/fake-upstream.ts'
import { hosts, type RunningApp } from './hosts.ts'
import './shell-globals.ts'
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

/** The models of the alias that is open, in their order. */
const order = (page: Page): Promise<string[]> =>
  page
    .getByRole('list', { name: 'Models, in order' })
    .getByRole('button', { name: /^Move / })
    .evaluateAll((handles) =>
      handles.map((handle) => /^Move (.+), number/.exec(handle.ariaLabel ?? '')?.[1] ?? '')
    )

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

    test('a provider is found by its kind, tested with its key, and added as a card', async () => {
      const { page } = app
      await open(page, 'Models')
      await page.getByRole('button', { name: 'Add a provider' }).click()
      await page.getByRole('searchbox', { name: 'Search providers' }).fill('vll')
      await expect(page.getByRole('button', { name: 'OpenRouter' })).toBeHidden()
      await page.getByRole('button', { name: 'vLLM' }).click()
      await expect(page.getByLabel('Base URL')).toHaveValue('http://127.0.0.1:8000/v1')
      await page.getByLabel('Base URL').fill(upstream.baseUrl)
      await page.getByLabel('Key, if it asks for one').fill('sk-wrong')
      await page.getByRole('button', { name: 'Test and save' }).click()
      await expect(page.getByRole('alert')).toContainText('401')
      await page.getByLabel('Key, if it asks for one').fill(key)
      await page.getByRole('button', { name: 'Test and save' }).click()
      const card = page.getByRole('article', { name: 'vLLM' })
      await expect(card).toContainText('1 key')
      await expect(card).toContainText('Not asked since the start')
      await expect(page.getByText(key)).toBeHidden()
    })

    test('its page lists its models, and finds one by its name', async () => {
      const { page } = app
      await page
        .getByRole('article', { name: 'vLLM' })
        .getByRole('link', { name: 'vLLM', exact: true })
        .click()
      const rows = page.getByRole('table').getByRole('row')
      await expect(rows).toHaveCount(Object.keys(fakeModels).length + 1)
      await page.getByRole('searchbox', { name: 'Search models' }).fill('echo')
      await expect(rows).toHaveCount(2)
      // this server says nothing of how long its models' prompts may be
      await expect(page.getByRole('columnheader', { name: 'Context' })).toHaveCount(0)
      await page.getByRole('button', { name: 'Test now' }).click()
      await expect(page.getByRole('status')).toContainText('vLLM answers')
    })

    test('further keys come beside those it has, as often as one likes', async () => {
      const { page } = app
      for (const count of [2, 3]) {
        await page.getByRole('button', { name: 'Add or replace' }).click()
        const dialog = page.getByRole('dialog', { name: 'Keys of vLLM' })
        await dialog.getByLabel('Further key', { exact: true }).fill(`sk-further-${count}`)
        await dialog.getByRole('button', { name: 'Test and save' }).click()
        await expect(dialog.getByRole('alert')).toContainText(`Key 2 of ${count}`)
        await dialog.getByRole('button', { name: 'Save anyway' }).click()
        await expect(page.getByText(`${count} keys; calls are spread over them`)).toBeVisible()
      }
      await page.getByRole('button', { name: 'Add or replace' }).click()
      await expect(page.getByRole('dialog')).toContainText('to remove one, replace all')
      await page.keyboard.press('Escape')
      await page.getByRole('link', { name: 'Back to Models' }).click()
    })

    test('an alias is made, ordered and saved without a mouse', async () => {
      const { page } = app
      await tabTo(page, page.getByRole('button', { name: 'New alias' }))
      await page.keyboard.press('Enter')
      await tabTo(page, page.getByLabel('Name'))
      await page.keyboard.type('Harbour Master')
      for (const model of [fakeModels.echo, fakeModels.small, fakeModels.failing]) {
        await tabTo(page, page.getByRole('combobox', { name: 'Add a model' }))
        await page.keyboard.press('Enter')
        await expect(page.getByPlaceholder('Add a model')).toBeFocused()
        await page.keyboard.type(`harbour/${model}`)
        await expect(page.getByRole('option').first()).toContainText(model)
        await page.keyboard.press('Enter')
        await expect.poll(() => order(page)).toContain(model)
      }
      await tabTo(page, page.getByRole('button', { name: `Move ${fakeModels.failing}, number 3` }))
      await page.keyboard.press('Home')
      await expect(page.getByText(`${fakeModels.failing} is number 1 of 3 now.`)).toBeAttached()
      await page.keyboard.press('ArrowDown')
      expect(await order(page)).toEqual([fakeModels.echo, fakeModels.failing, fakeModels.small])
      await page.keyboard.press('ArrowUp')
      // the handle keeps the focus wherever its row goes
      await expect(page.getByRole('button', { name: `Move ${fakeModels.failing}, number 1` })).toBeFocused()

      await tabTo(page, page.getByRole('button', { name: 'Save' }), 'Shift+Tab')
      await page.keyboard.press('Enter')
      await expect(page.getByText('Lower-case letters')).toBeVisible()
      await tabTo(page, page.getByLabel('Name'))
      await page.keyboard.press('ControlOrMeta+a')
      await page.keyboard.type('harbour-master')
      await page.keyboard.press('Enter')
      await expect(page.getByRole('button', { name: 'Saved' })).toBeVisible()
      await page.reload()
      await expect(page.getByRole('heading', { name: 'harbour-master' })).toBeVisible()
      expect(await order(page)).toEqual([fakeModels.failing, fakeModels.echo, fakeModels.small])
    })

    test('its models are ordered by dragging too', async () => {
      const { page } = app
      const handle = (name: string) => page.getByRole('button', { name: `Move ${name}` })
      const from = await handle(fakeModels.small).boundingBox()
      const to = await handle(fakeModels.failing).boundingBox()
      if (!from || !to) throw new Error('the handles are not drawn')
      await page.mouse.move(from.x + 8, from.y + 12)
      await page.mouse.down()
      await page.mouse.move(to.x + 8, to.y + 30, { steps: 8 })
      await page.mouse.move(to.x + 8, to.y + 2, { steps: 4 })
      await expect.poll(() => order(page)).toEqual([fakeModels.small, fakeModels.failing, fakeModels.echo])
      await page.keyboard.press('Escape')
      await expect.poll(() => order(page)).toEqual([fakeModels.failing, fakeModels.echo, fakeModels.small])
      await page.mouse.up()
    })

    test('the preview says who would answer, who not, and why', async () => {
      const { page } = app
      const preview = page.getByRole('region', { name: 'Why this model' })
      await preview.getByLabel('Prompt to try').fill('Which way to the harbour?')
      const asked = preview.getByRole('list', { name: 'Asked in this order' }).getByRole('listitem')
      await expect(asked).toHaveCount(3)
      await expect(asked.first()).toContainText(fakeModels.failing)
      // what is written counts, not what is saved
      await page.getByRole('combobox', { name: 'Which model answers' }).click()
      await page.getByRole('option', { name: /^Fastest/ }).click()
      await page.getByRole('button', { name: `Take out ${fakeModels.failing}` }).click()
      await expect(preview).toContainText('harbour-master asks the fastest first')
      await expect(asked).toHaveCount(2)
      await page.reload()
      await expect(preview).toContainText('harbour-master asks in the order of its list')
      await expect(asked).toHaveCount(3)
      await preview.getByRole('checkbox', { name: 'On-device' }).click()
      await expect(preview).toContainText('must not leave this machine')
      await page.getByRole('link', { name: 'Back to Models' }).click()
      await page.getByRole('navigation', { name: 'Aliases' }).getByRole('link', { name: /^auto/ }).click()
      await preview.getByLabel('Prompt to try').fill('Prove the theorem step by step.')
      await expect(preview.getByRole('region', { name: 'Difficulty' })).toContainText('mathematics')
      await expect(preview).toContainText('hard')
    })

    test('a new alias can be tried before it is saved', async () => {
      const { page } = app
      await open(page, 'Models')
      await page.getByRole('button', { name: 'New alias' }).click()
      const preview = page.getByRole('region', { name: 'Why this model' })
      await expect(preview).toContainText('Add a model, then try it here.')
      await page.getByRole('combobox', { name: 'Add a model' }).click()
      await page.getByPlaceholder('Add a model').fill('harbour-master')
      await expect(page.getByText('Nothing matches.')).toBeVisible()
      await page.getByPlaceholder('Add a model').fill(`harbour/${fakeModels.small}`)
      await page.keyboard.press('Enter')
      await preview.getByLabel('Prompt to try').fill('Ahoy')
      await expect(preview.getByRole('list', { name: 'Asked in this order' })).toContainText(fakeModels.small)
      await page.getByRole('link', { name: 'Back to Models' }).click()
      await page.getByRole('navigation', { name: 'Aliases' }).getByRole('link', { name: /^auto/ }).click()
      await expect(preview.getByLabel('Prompt to try')).toHaveValue('Ahoy')
    })

    test('a chat can ask an alias, and says which model answered, after which others', async () => {
      const { page } = app
      await open(page, 'Chat')
      await page.getByRole('button', { name: 'New chat' }).click()
      await chooseModel(page, 'harbour-master')
      await ask(page, 'Who answers?')
      await expect(lastAnswer(page)).toContainText('Who answers?')
      await expect(lastAnswer(page)).toContainText(fakeModels.echo)
      await lastAnswer(page).getByRole('button', { name: 'Open in Activity' }).click()
      const call = page.getByRole('main', { name: 'Call' })
      await expect(call).toContainText(`harbour-master → ${fakeModels.echo}`)
      const line = call.getByRole('tree', { name: 'Time line' })
      await expect(line).toContainText('harbour, attempt 1')
      await expect(line).toContainText('harbour, attempt 2')
      await expect(call.getByRole('region', { name: 'Why this model' })).toContainText(
        `harbour/${fakeModels.echo}next of the list; answered`
      )
      await expect(page.getByRole('navigation', { name: 'Calls' })).toContainText('harbour-master →')
    })

    test('what is said of one screen ends with it', async () => {
      const { page } = app
      await open(page, 'Models')
      await page.getByRole('button', { name: 'Test Harbour' }).click()
      await expect(page.getByRole('status')).toContainText('Harbour answers')
      await open(page, 'Settings')
      await expect(page.getByRole('status')).not.toContainText('Harbour answers')
    })

    test('a key made on Connect stands in the set-up, is copied with it, and works', async () => {
      const { page } = app
      await open(page, 'Connect')
      await page.getByRole('navigation', { name: 'Programs' }).getByRole('link', { name: 'Node' }).click()
      const setup = page.getByRole('main', { name: 'Set-up' })
      await expect(setup.getByText("'YOUR_APP_KEY'").first()).toBeVisible()
      await setup.getByRole('combobox', { name: 'Search models' }).click()
      await page.getByPlaceholder('Search models').fill('harbour-master')
      await page.keyboard.press('Enter')
      await page.getByRole('button', { name: 'Create the key' }).click()
      await expect(setup.getByText('Waiting for its first call')).toBeVisible()
      await expect(setup.getByText("'YOUR_APP_KEY'")).toHaveCount(0)
      await setup.getByRole('button', { name: 'Copy code' }).first().click()
      const copied = await copiedText(page)
      const [, baseUrl = ''] = /baseURL: '(.+)'/.exec(copied) ?? []
      const [, secret = ''] = /apiKey: '(hp_.+)'/.exec(copied) ?? []
      const [, model = ''] = /model: '(.+)'/.exec(copied) ?? []
      expect(model).toBe('harbour-master')
      const answer = await fetch(`${baseUrl}/chat/completions`, {
        method: 'POST',
        headers: { authorization: `Bearer ${secret}`, 'content-type': 'application/json' },
        body: JSON.stringify({ model, messages: [{ role: 'user', content: 'Ahoy' }] })
      })
      // the first of the alias fails, so the second answers
      expect(answer.headers.get('x-homeport-model')).toBe(`harbour/${fakeModels.echo}`)
      expect(await answer.text()).toContain('Ahoy')
      await expect(setup.getByText('Its first call has come')).toBeVisible()
      await open(page, 'Models')
      await expect(page.getByRole('article', { name: 'Harbour' })).toContainText('well')
      await open(page, 'Connect')
      await page.getByRole('navigation', { name: 'Programs' }).getByRole('link', { name: 'Node' }).click()
      await expect(page.getByText("'YOUR_APP_KEY'").first()).toBeVisible()
      await expect(page.getByText(secret)).toHaveCount(0)
    })

    test('its limits can be set, and the cache switched on', async () => {
      const { page } = app
      await open(page, 'Settings')
      await page.getByRole('navigation', { name: 'Parts' }).getByRole('link', { name: 'Gateway' }).click()
      await page.getByRole('button', { name: 'Limits of Node' }).click()
      await page.getByLabel('Requests a minute').fill('5')
      await page.getByRole('switch', { name: 'On-device only' }).click()
      await page.getByRole('button', { name: 'Save', exact: true }).click()
      await expect(page.getByText('5 requests a minute, on-device only')).toBeVisible()
      await page.getByRole('switch', { name: 'Keep answers' }).click()
      await page.reload()
      await expect(page.getByRole('switch', { name: 'Keep answers' })).toBeChecked()
    })

    test('the configuration goes out without keys and comes back in', async () => {
      const { page } = app
      const choose = async (item: string) => {
        await page.getByRole('button', { name: 'Configuration', exact: true }).click()
        await page.getByRole('menuitem', { name: item }).click()
      }
      await open(page, 'Models')
      await choose('Export the configuration')
      const text = page.getByRole('textbox', { name: 'Configuration' })
      await expect(text).toHaveValue(/harbour-master/)
      const yaml = await text.inputValue()
      expect(yaml).not.toContain(key)
      await page.keyboard.press('Escape')

      await choose('Import a configuration')
      const field = page.getByLabel('Configuration as YAML')
      await field.fill(yaml.replace('strategy: priority', 'strategy: fastest'))
      await page.getByRole('button', { name: 'Import', exact: true }).click()
      await expect(page.getByRole('alert')).toContainText('harbour-master.strategy')
      const selected = await field.evaluate((element: HTMLTextAreaElement) =>
        element.value.slice(element.selectionStart, element.selectionEnd)
      )
      expect(selected).toBe('strategy: fastest')
      await field.fill(yaml.replaceAll('harbour-master:', 'pilot:'))
      await page.getByRole('button', { name: 'Import', exact: true }).click()
      await expect(page.getByText('2 providers and 1 alias are in place.')).toBeVisible()
      await page.getByRole('button', { name: 'Done' }).click()
      await expect(
        page.getByRole('navigation', { name: 'Aliases' }).getByRole('link', { name: /^pilot/ })
      ).toBeVisible()
    })

    test('nothing on the way needed what the policy forbids', () => {
      expect(refused).toEqual([])
    })
  })
}
