import { expect, test } from 'playwright/test'
import { type FakeUpstream, fakeModels, startFakeUpstream } from '../support/fake-upstream.ts'
import { type DesktopApp, launchApp } from './launch.ts'
import { ask, chooseModel, connectUpstream, lastAnswer } from './ui-actions.ts'

let app: DesktopApp
let upstream: FakeUpstream
test.beforeAll(async () => {
  upstream = await startFakeUpstream({ apiKey: 'sk-crash' })
  app = await launchApp()
})
test.afterAll(async () => {
  await app.close()
  await upstream.close()
})

test('a daemon killed in the middle of an answer comes back with what was written, and answers again', async () => {
  const page = app.mainWindow
  await connectUpstream(page, upstream, 'sk-crash')
  await chooseModel(page, fakeModels.endless)
  await ask(page, 'Count the ships')
  // partial answers are flushed every second
  await expect(lastAnswer(page)).toContainText('word120')
  const killed = app.home.daemon().pid
  process.kill(killed, 'SIGKILL')
  await expect.poll(() => [killed, null].includes(app.home.daemonPid())).toBe(false)
  await expect(page.getByText('Homeport was closed while this was being written.')).toBeVisible()
  await expect(lastAnswer(page)).toContainText('word30')

  await chooseModel(page, fakeModels.echo)
  await ask(page, 'Still there?')
  await expect(lastAnswer(page)).toContainText('Still there?')
})
