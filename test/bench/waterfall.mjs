// How a call of very many steps opens and scrolls in the window, over a real daemon that was sent its steps by
// OpenTelemetry:
//   npm run bench:waterfall [-- --quick] [-- --spans 30000]
// `openMs`: from following its link until its first steps are painted. `longestTaskMs`: the longest task over 50 ms of the
// page's thread while it is scrolled by wheel and by key (0: none). The same is done to a call of 30 steps: what the
// machine and the browser cost by themselves. Progress goes to stderr; the last line printed is JSON.
import { once } from 'node:events'
import { readFileSync } from 'node:fs'
import { createServer } from 'node:net'
import { join } from 'node:path'
import { chromium } from 'playwright'
import { serve } from '../e2e/serve.ts'
import { chromiumArguments, findChromium } from '../support/find-chromium.ts'
import { argument, isQuick } from './support/arguments.mjs'
import { homeport, removeFolder, temporaryFolder } from './support/processes.mjs'
import { agentRun, sendSpans } from './support/received-run.mjs'
import { median, round } from './support/statistics.mjs'

const MANY = Number(argument('spans', 30_000))
const FEW = 30
const OPENINGS = isQuick ? 3 : 7
const WHEEL_TURNS = isQuick ? 60 : 200

const executablePath = findChromium()
if (executablePath === null) throw new Error('no Chromium found; set CHROMIUM')
const dataDir = temporaryFolder()
const daemon = await serve(dataDir)
const browser = await chromium.launch({ executablePath, args: [...chromiumArguments] })
try {
  const receiver = await turnReceivingOn()
  const key = /hp_\S+/.exec(homeport(dataDir, ['key', 'create', 'Agent']))[0]
  const page = await browser.newPage({ viewport: { width: 1280, height: 800 } })
  await page.addInitScript(noteLongTasks)
  await page.goto(daemon.link)
  await page.getByRole('button', { name: 'Skip for now' }).click()
  const few = await measure(page, receiver, key, FEW)
  const many = await measure(page, receiver, key, MANY)
  const { openMs, longestTaskMs } = many
  const openRatio = round(openMs / few.openMs, 1)
  process.stdout.write(`${JSON.stringify({ spans: MANY, openMs, openRatio, longestTaskMs, few, many })}\n`)
} finally {
  await browser.close()
  await daemon.stop()
  removeFolder(dataDir)
}

/** Asks the control API as the command line does. */
async function control(method, path, body) {
  const { controlToken } = JSON.parse(readFileSync(join(dataDir, 'daemon.json'), 'utf8'))
  const response = await fetch(daemon.baseUrl + path, {
    method,
    headers: { authorization: `Bearer ${controlToken}`, 'content-type': 'application/json' },
    body: body && JSON.stringify(body)
  })
  if (!response.ok) throw new Error(`${method} ${path}: ${response.status} ${await response.text()}`)
  return response.json()
}

async function turnReceivingOn() {
  const server = createServer().listen(0, '127.0.0.1')
  await once(server, 'listening')
  const receivePort = server.address().port
  await new Promise((resolve) => server.close(resolve))
  const { telemetry } = await control('GET', '/app/settings')
  await control('PATCH', '/app/settings', { telemetry: { ...telemetry, receive: true, receivePort } })
  return `http://127.0.0.1:${receivePort}/v1/traces`
}

async function measure(page, receiver, key, steps) {
  const began = performance.now()
  await sendSpans(receiver, key, agentRun(steps))
  process.stderr.write(`${steps} steps taken in ${Math.round(performance.now() - began)} ms\n`)
  const { traces } = await control('GET', '/app/traces?limit=1')
  const tree = page.getByRole('tree', { name: 'Time line' })
  const openings = []
  for (let n = 0; n < OPENINGS; n++) {
    await page.evaluate(() => {
      location.hash = '#/activity'
    })
    await tree.waitFor({ state: 'detached' })
    await page.waitForTimeout(500)
    openings.push(await opening(page, traces[0].id))
  }
  const openingTask = await longestTask(page)
  await tree.hover()
  for (let turn = 0; turn < WHEEL_TURNS; turn++) await page.mouse.wheel(0, 700)
  await page.waitForTimeout(300)
  const wheelTask = await longestTask(page)
  await tree.focus()
  for (const pressed of ['End', 'Home', ...Array(20).fill('PageDown'), ...Array(40).fill('ArrowDown')])
    await page.keyboard.press(pressed)
  await page.waitForTimeout(300)
  const keyTask = await longestTask(page)
  const result = {
    openMs: round(median(openings), 0),
    longestTaskMs: round(Math.max(wheelTask, keyTask), 0),
    openingTaskMs: round(openingTask, 0)
  }
  process.stderr.write(
    `${steps} steps: opened in ${openings.map(Math.round)} ms, ${JSON.stringify(result)}\n`
  )
  return result
}

/** Runs in the page. A browser tells only of tasks over 50 ms. */
function noteLongTasks() {
  window.longTasks = []
  new PerformanceObserver((list) => {
    for (const { duration } of list.getEntries()) window.longTasks.push(duration)
  }).observe({ type: 'longtask' })
}

/** Since it was asked last. */
function longestTask(page) {
  return page.evaluate(() => Math.max(0, ...window.longTasks.splice(0)))
}

/** By the page's own clock. */
function opening(page, id) {
  return page.evaluate(async (call) => {
    const began = performance.now()
    location.hash = `#/activity/${call}`
    const isThere = () => document.querySelector('[role=tree] [role=treeitem]') !== null
    while (!isThere()) await new Promise(requestAnimationFrame)
    await new Promise(requestAnimationFrame)
    return performance.now() - began
  }, id)
}
