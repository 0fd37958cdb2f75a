import { existsSync, mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { dirname, join } from 'node:path'
import { expect, type Page, test } from 'playwright/test'
import { type DesktopApp, launchApp } from './launch.ts'
import { ask, chooseModel, lastAnswer, open, watchPolicy } from './ui-actions.ts'

/** Sections of this length stand alone: short ones are kept together with their neighbours. */
const more = 'What it draws in a mild winter was measured in two houses of the same street and year. '.repeat(
  13
)

const notes = {
  'House/Heat pump offers.md': `---
tags: [heating]
---
# Heat pump offers

Three offers came in. The radiators are in [[House plan]].

## Running costs

The Nordvent keeps a seasonal factor of 3.6 at fifty degrees and needs 920 euros of power a year.
${more}

## Noise

The Brisa is the loudest with 58 decibels at the fence.
`,
  'House/House plan.md': '# House plan\n\nTwo floors, old radiators in every room.\n',
  'Food/Leek soup.md': '# Leek soup\n\n- [ ] Wash the leek\n\nCook it slowly with potatoes and cream.\n'
}

test.describe.configure({ mode: 'serial' })
let app: DesktopApp
let vault: string
let refused: string[]

test.beforeAll(async () => {
  vault = join(mkdtempSync(join(tmpdir(), 'homeport-vault-')), 'Harbour notes')
  mkdirSync(join(vault, '.obsidian'), { recursive: true })
  for (const [path, text] of Object.entries(notes)) write(path, text)
  app = await launchApp()
  refused = watchPolicy(app.mainWindow)
  await app.evaluate(({ shell }) => {
    const opened: string[] = []
    Object.assign(globalThis, { opened })
    shell.openExternal = async (url: string) => {
      opened.push(url)
    }
  })
  await app.mainWindow.getByRole('button', { name: 'Skip for now' }).click()
})
test.afterAll(async () => {
  await app.close()
  rmSync(dirname(vault), { recursive: true, force: true })
})

function write(path: string, text: string): void {
  mkdirSync(dirname(join(vault, path)), { recursive: true })
  writeFileSync(join(vault, path), text)
}

const openedNotes = () => app.evaluate(() => (globalThis as unknown as { opened: string[] }).opened)
const search = (page: Page) => page.getByRole('searchbox', { name: 'Search notes and files' })
const hits = (page: Page) => page.getByRole('list', { name: 'Found passages' }).getByRole('listitem')
const passage = (page: Page) => page.getByRole('region', { name: 'The found passage' })
const found = (page: Page) => page.getByRole('list', { name: 'Found passages' }).getByRole('link')

test('a vault is chosen in the dialog of the system, with what it takes said before', async () => {
  const page = app.mainWindow
  await app.evaluate(({ dialog }, folder) => {
    dialog.showOpenDialog = async () => ({ canceled: false, filePaths: [folder] })
  }, vault)
  await open(page, 'Knowledge')
  await page.getByRole('button', { name: 'Choose' }).click()
  await expect(page.getByRole('textbox', { name: 'Folder' })).toHaveValue(vault)
  await expect(page.getByText(/^3 files · /)).toBeVisible()
  await page.getByRole('button', { name: 'Add the folder' }).click()
  const main = page.getByRole('main')
  await expect(main.getByRole('heading', { name: 'Harbour notes' })).toBeVisible()
  await expect(main.getByText('Up to date', { exact: true })).toBeVisible()
})

test('a search as one types is read by keyboard alone, at the passage', async () => {
  const page = app.mainWindow
  await search(page).focus()
  await page.keyboard.type('seasonal fact')
  await expect(found(page).first()).toContainText('Heat pump offers')
  await expect(found(page).first().locator('mark').first()).toBeVisible()
  await page.keyboard.press('ArrowDown')
  await expect(found(page).first()).toBeFocused()
  await page.keyboard.press('Enter')
  await expect(passage(page)).toContainText('Nordvent keeps a seasonal factor')
  await expect(passage(page)).not.toContainText('loudest')
})

test('Ctrl Enter opens the very heading in Obsidian', async () => {
  const page = app.mainWindow
  await page.keyboard.press('ControlOrMeta+Enter')
  await expect.poll(openedNotes).toHaveLength(1)
  const [link = ''] = await openedNotes()
  expect(link).toMatch(/^obsidian:\/\/open\?/)
  expect(decodeURIComponent(link)).toContain('House/Heat pump offers')
  expect(decodeURIComponent(link)).toContain('#Running costs')
})

test('why a passage was found is said on demand', async () => {
  const page = app.mainWindow
  await page.keyboard.press('Tab')
  await page.keyboard.press('Enter')
  await expect(hits(page).first()).toContainText('Words')
  await expect(hits(page).first()).toContainText('Score')
})

test('links of a note lead on, and the note they lead to knows where from', async () => {
  const page = app.mainWindow
  await page.getByRole('article').getByRole('link', { name: 'House plan' }).click()
  await expect(page.getByRole('article', { name: 'House plan' })).toBeVisible()
  const backlinks = page.getByRole('region', { name: /^Links here/ })
  await expect(backlinks.getByRole('link', { name: 'Heat pump offers' })).toBeVisible()
})

test('a note that is saved in the folder is found a moment later', async () => {
  const page = app.mainWindow
  await search(page).fill('lighthouse keeper')
  await expect(found(page).filter({ hasText: 'Today' })).toHaveCount(0)
  write('Journal/Today.md', '# Today\n\nMet the lighthouse keeper on the pier.\n')
  await expect(found(page).first()).toContainText('Today', { timeout: 5000 })
})

test('a chat without any model answers from the notes, with numbers that lead there', async () => {
  const page = app.mainWindow
  await open(page, 'Chat')
  await chooseModel(page, 'Search in your notes')
  await page.getByRole('textbox', { name: 'Message' }).fill('')
  await page.keyboard.type('@#hea')
  await page.getByRole('option', { name: /#heating/ }).waitFor()
  await page.keyboard.press('Tab')
  await expect(page.getByRole('button', { name: /Sources: .*#heating/ })).toBeVisible()
  await page.keyboard.type('@harb')
  await page.getByRole('option', { name: /^Harbour notes/ }).waitFor()
  await page.keyboard.press('Enter')
  await expect(page.getByRole('button', { name: /Sources: .*Harbour notes/ })).toBeVisible()
  await ask(page, 'How much power does the Nordvent need a year?')
  const answer = lastAnswer(page)
  await expect(answer).toHaveAttribute('aria-busy', 'false')
  await expect(answer).toContainText('920 euros')
  const citation = answer.getByRole('link', { name: /^Source 1: Heat pump offers › Running costs/ }).first()
  await citation.focus()
  await expect(page.getByRole('button', { name: 'Open in Obsidian' })).toBeVisible()
  await citation.click()
  await expect.poll(async () => (await openedNotes()).length).toBe(2)
  await answer.getByRole('link', { name: 'Read source 1 in Homeport' }).click()
  await expect(passage(page)).toContainText('920 euros')
})

test('an answer is kept as a note, and no note is ever overwritten', async () => {
  const page = app.mainWindow
  const save = async (): Promise<void> => {
    await lastAnswer(page).getByRole('button', { name: 'Save as a note' }).click()
    await page.getByRole('textbox', { name: 'Folder' }).fill('Answers')
    await page.getByRole('textbox', { name: 'Name' }).fill('Nordvent')
    await page.getByRole('button', { name: 'Save the note' }).click()
  }
  await open(page, 'Chat')
  await page.getByRole('navigation', { name: 'Chats' }).getByRole('link').first().click()
  await save()
  await expect(page.getByText(/^Saved as/)).toContainText('Answers/Nordvent')
  const file = join(vault, 'Answers/Nordvent.md')
  const kept = readFileSync(file, 'utf8')
  expect(kept).toContain('920 euros')
  await page.getByRole('button', { name: 'Done' }).click()
  await save()
  await expect(
    page
      .getByRole('dialog')
      .getByText(/^Saved as/)
      .or(page.getByRole('alert'))
  ).toBeVisible()
  expect(readFileSync(file, 'utf8')).toBe(kept)
  await page.keyboard.press('Escape')
})

test('a removed source leaves its folder as it was', async () => {
  const page = app.mainWindow
  await open(page, 'Knowledge')
  await search(page).fill('')
  await page.getByRole('link', { name: 'All sources' }).click()
  await page.getByRole('button', { name: 'Actions for Harbour notes' }).click()
  await page.getByRole('menuitem', { name: 'Remove' }).click()
  await page.getByRole('alertdialog').getByRole('button', { name: 'Remove' }).click()
  await expect(page.getByRole('heading', { name: 'Answers from your own notes' })).toBeVisible()
  expect(existsSync(join(vault, 'House/House plan.md'))).toBe(true)
  expect(readdirSync(vault).sort()).toEqual(['.obsidian', 'Answers', 'Food', 'House', 'Journal'])
  expect(refused).toEqual([])
})
