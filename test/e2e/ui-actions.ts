import { expect, type Locator, type Page } from 'playwright/test'
import type { FakeUpstream } from '../support/fake-upstream.ts'

/** Takes the first run's way of a person with a key. Ends in the chat. */
export async function connectUpstream(
  page: Page,
  upstream: FakeUpstream,
  key: string,
  name = 'Harbour'
): Promise<void> {
  await page.getByRole('button', { name: /A key from a provider/ }).click()
  await page.getByRole('button', { name: 'Custom' }).click()
  await page.getByLabel('Name').fill(name)
  await page.getByLabel('Base URL').fill(upstream.baseUrl)
  await page.getByLabel('Key, if it asks for one').fill(key)
  await page.getByRole('button', { name: 'Test and save' }).click()
  await expect(composer(page)).toBeVisible()
}

export const composer = (page: Page): Locator => page.getByRole('textbox', { name: 'Message' })
export const lastAnswer = (page: Page): Locator => page.getByRole('article', { name: 'Answer' }).last()

export async function chooseModel(page: Page, model: string): Promise<void> {
  const picker = page.getByRole('main').getByRole('combobox')
  await picker.click()
  await page.getByPlaceholder('Search models').fill(model)
  await page.getByRole('option').filter({ hasText: model }).first().click()
  await expect(picker).toContainText(model)
}

export async function ask(page: Page, question: string): Promise<void> {
  await composer(page).fill(question)
  await composer(page).press('Enter')
}

export type ScreenName = 'Chat' | 'Knowledge' | 'Activity' | 'Costs' | 'Models' | 'Connect' | 'Settings'

export async function open(page: Page, screen: ScreenName): Promise<void> {
  await page.getByRole('navigation', { name: 'Screens' }).getByRole('link', { name: screen }).click()
}

/** Presses Tab until the element has the focus, as a person without a mouse does. */
export async function tabTo(page: Page, target: Locator, key: 'Tab' | 'Shift+Tab' = 'Tab'): Promise<void> {
  await expect(target).toBeVisible()
  for (let presses = 0; presses < 120; presses++) {
    if (await target.evaluate((element) => element === document.activeElement)) return
    await page.keyboard.press(key)
  }
  throw new Error(`${target} is not reached by ${key}`)
}

/** What was copied last, wherever the window keeps it. */
export async function copiedText(page: Page): Promise<string> {
  return page.evaluate(() => window.homeport?.invoke('clipboard:read-text') ?? navigator.clipboard.readText())
}

/** Collects what the page's policy refused; there should be nothing. */
export function watchPolicy(page: Page): string[] {
  const refused: string[] = []
  page.on('console', (message) => {
    if (/Content Security Policy|violates the following/i.test(message.text())) refused.push(message.text())
  })
  return refused
}
