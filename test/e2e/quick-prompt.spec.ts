import { expect, test } from 'playwright/test'
import { type FakeUpstream, fakeModels, startFakeUpstream } from '../support/fake-upstream.ts'
import { type DesktopApp, launchApp } from './launch.ts'
import { clickTrayMenu, visibleWindows } from './shell-actions.ts'
import { chooseModel, connectUpstream, lastAnswer } from './ui-actions.ts'

const mainWidth = 1180
const quickWidth = 680

let app: DesktopApp
let upstream: FakeUpstream
test.beforeAll(async () => {
  upstream = await startFakeUpstream({ apiKey: 'sk-quick' })
  app = await launchApp()
  await connectUpstream(app.mainWindow, upstream, 'sk-quick')
  await chooseModel(app.mainWindow, fakeModels.echo)
})
test.afterAll(async () => {
  await app.close()
  await upstream.close()
})

test('the quick prompt answers in place, goes on in the main window, and hides on Escape', async () => {
  const quick = await app.quickWindow()
  await clickTrayMenu(app, 'quick')
  await expect.poll(() => visibleWindows(app)).toContain(quickWidth)

  const question = quick.getByRole('textbox', { name: 'Question' })
  await expect(question).toBeFocused()
  await expect(quick.getByRole('combobox')).toContainText(fakeModels.echo)
  await question.fill('When is high tide?')
  await question.press('Enter')
  await expect(lastAnswer(quick)).toContainText('When is high tide?')

  await quick.getByRole('button', { name: 'Continue in Homeport' }).click()
  await expect.poll(() => visibleWindows(app)).toEqual([mainWidth])
  await expect(lastAnswer(app.mainWindow)).toContainText('When is high tide?')

  await app.evaluate(() => globalThis.__homeport.shortcuts.quickPrompt())
  await expect.poll(() => visibleWindows(app)).toContain(quickWidth)
  await question.press('Escape')
  await expect.poll(() => visibleWindows(app)).toEqual([mainWidth])
})
