import { mkdirSync } from 'node:fs'
import { join } from 'node:path'
import { chromium } from 'playwright'
import { createFakeDaemon } from './ui-preview-daemon.mjs'
import { knowledgePictures } from './ui-preview-knowledge-shots.mjs'
import { tracePictures } from './ui-preview-trace-shots.mjs'
import { traceId } from './ui-preview-traces.mjs'

const wide = { width: 1280, height: 800 }
const narrow = { width: 800, height: 720 }

const click =
  (name, role = 'button') =>
  (page) =>
    page.getByRole(role, { name }).first().click()

/** name, route, what to do there, and where it differs from the usual */
const pictures = [
  ['chat', '#/chat/c-000001'],
  ['chat-new', '#/chat'],
  ['chat-failed', '#/chat/c-000005'],
  ['chat-hostile', '#/chat/c-000008'],
  ['chat-stopped', '#/chat/c-000011'],
  ['chat-long', '#/chat/c-000015'],
  ['chat-picker', '#/chat/c-000001', click('Search models', 'combobox')],
  ['chat-palette', '#/chat/c-000001', (page) => page.keyboard.press('Control+k')],
  ['chat-sheet', '#/activity', (page) => page.keyboard.press('?')],
  ['chat-streaming', '#/chat', ask],
  ['activity', `#/activity/${traceId(0)}`],
  ['activity-route', `#/activity/${traceId(1)}`],
  ['activity-cached', `#/activity/${traceId(4)}`],
  ['activity-error', `#/activity/${traceId(3)}`],
  ...tracePictures,
  ...knowledgePictures,
  ['activity-none', '#/activity'],
  ['activity-narrowed', '#/activity?app=Scratch+script&since=7d&minDurationMs=1'],
  ['activity-no-match', '#/activity?model=gone'],
  ['activity-session', '#/activity?session=heat-pumps'],
  ['activity-held-back', '#/activity', hoverCalls, { live: 300 }],
  ['activity-chosen', `#/activity/${traceId(0)}`, chooseCalls],
  ['activity-erase', `#/activity?status=error`, click('Erase…')],
  ['activity-views', '#/activity?status=error', click('Saved views')],
  ['activity-save-view', '#/activity?app=Chat', menu('Saved views', 'Save this view')],
  ['activity-export', '#/activity', click('Export')],
  ['costs', '#/costs'],
  ['costs-hover', '#/costs', hoverChart],
  ['costs-figures', '#/costs', click('Show as a table')],
  ['costs-narrowed', '#/costs?by=app&period=year&model=openai%2Fgpt-5.2', scrollTo('What if')],
  ['costs-what-if', '#/costs', whatIf],
  ['costs-export', '#/costs', click('Export')],
  ['costs-budgets', '#/costs/budgets'],
  ['costs-budget', '#/costs/budgets?change=b2'],
  ['costs-budget-new', '#/costs/budgets', wrongBudget],
  ['costs-alerts', '#/costs/alerts'],
  ['costs-rule', '#/costs/alerts', click('Watch something')],
  ['costs-pause', '#/costs/alerts', click('Pause “Continue (VS Code)”')],
  ['costs-prices', '#/costs/prices'],
  ['costs-price', '#/costs/prices', click('anthropic/claude-sonnet-5')],
  ['costs-override', '#/costs/prices', overridePrice],
  ['costs-recompute', '#/costs/prices', recompute],
  ['models', '#/models'],
  ['models-overview-end', '#/models', scrollTo('On this machine')],
  ['models-installed', '#/models/installed'],
  ['models-fit', '#/models/installed', (page) => page.getByText('Partly on the GPU').first().hover()],
  ['models-local-menu', '#/models/installed', click('Actions for Qwen3 0.6B')],
  ['models-delete', '#/models/installed', menu('Actions for Qwen3 0.6B', 'Delete the file')],
  ['models-local', '#/models/model-qwen3-4b-q4_k_m'],
  ['models-local-try', '#/models/model-qwen3-4b-q4_k_m', tryIt],
  ['models-local-context', '#/models/model-gemma3-12b', click('Context', 'combobox')],
  ['models-local-compute', '#/models/model-qwen3-4b-q4_k_m', scrollTo('Speed and memory')],
  ['models-local-template', '#/models/model-qwen3-4b-q4_k_m', showTemplate],
  ['models-local-broken', '#/models/model-llama-3.2-1b'],
  ['models-local-embedding', '#/models/model-nomic-embed-text-v1.5-f16'],
  ['models-catalog', '#/models/catalog'],
  ['models-catalog-file', '#/models/catalog', click('File of Qwen3 8B', 'combobox')],
  ['models-catalog-download', '#/models/catalog', click('Download Qwen3 8B')],
  ['models-catalog-none', '#/models/catalog', searchCatalog],
  ['models-hub', '#/models/catalog', searchHub],
  ['models-downloads', '#/models/installed', null, { downloads: true }],
  ['models-downloads-all', '#/models/catalog', click('Show all 4'), { downloads: true }],
  ['models-running', '#/models/running'],
  ['models-add', '#/models', click('Add a provider')],
  ['models-form', '#/models', addOpenAi],
  ['models-kinds', '#/models', searchKinds],
  ['models-custom', '#/models', addCustom],
  ['models-menu', '#/models', click('Actions for OpenAI')],
  ['models-remove', '#/models', menu('Actions for OpenRouter', 'Remove')],
  ['models-keys', '#/models', menu('Actions for OpenRouter', 'Keys')],
  ['models-edit', '#/models', menu('Actions for OpenAI', 'Change')],
  ['models-provider', '#/models/provider-openrouter'],
  ['models-gone', '#/models/provider-gone'],
  ['models-export', '#/models', menu('Configuration', 'Export the configuration')],
  ['models-import', '#/models', importWrong],
  ['models-imported', '#/models', importRight],
  ['alias', '#/models/alias-best', preview],
  ['alias-rules', '#/models/alias-coding', openRule],
  ['alias-weighted', '#/models/alias-fast', wrongWeight],
  ['alias-strategies', '#/models/alias-fast', click('Which model answers', 'combobox')],
  ['alias-add', '#/models/alias-fast', click('Add a model', 'combobox')],
  ['alias-new', '#/models/new-alias', click('Save')],
  ['alias-suggested', '#/models/new-local'],
  ['alias-auto', '#/models/alias-auto', preview],
  ['alias-remove', '#/models/alias-best', click('Remove best')],
  ['connect', '#/connect'],
  ['connect-key', '#/connect/codex', click('Create the key')],
  ['connect-fields', '#/connect/smart-connections'],
  ['connect-cursor', '#/connect/cursor', click('Key', 'combobox')],
  ['connect-windows', '#/connect/open-webui', click('Windows', 'radio')],
  ['connect-node', '#/connect/node'],
  ['settings-general', '#/settings'],
  ['settings-gateway', '#/settings/gateway'],
  ['settings-cache', '#/settings/gateway', (page) => page.getByText('Saved').scrollIntoViewIfNeeded()],
  ['settings-limits', '#/settings/gateway', click('Limits of Continue (VS Code)')],
  ['settings-key', '#/settings/gateway', click('Create a key')],
  ['settings-on-device', '#/settings/on-device'],
  ['settings-downloads', '#/settings/on-device', scrollTo('Downloads')],
  ['settings-privacy', '#/settings/privacy'],
  ['settings-retention', '#/settings/privacy', keepLess],
  ['settings-telemetry', '#/settings/telemetry', click('Send a test')],
  ['settings-headers', '#/settings/telemetry', click('Replace')],
  ['settings-about', '#/settings/about'],
  ['first-run', '#/chat', null, { empty: true }],
  [
    'first-key',
    '#/chat',
    async (page) => {
      await click('A key from a provider')(page)
      await click('OpenRouter')(page)
    },
    { empty: true }
  ],
  ['first-model', '#/chat', click('A model on this machine'), { empty: true }],
  [
    'first-download',
    '#/chat',
    async (page) => {
      await click('A model on this machine')(page)
      await click(/^Download /)(page)
      await page.waitForTimeout(1500)
    },
    { empty: true }
  ],
  ['first-server', '#/chat', click('A server on this machine'), { empty: true }],
  ['chat-empty', '#/chat', click('Skip for now'), { empty: true }],
  ['activity-empty', '#/activity', null, { empty: true, skip: true }],
  ['costs-empty', '#/costs', null, { empty: true, skip: true }],
  ['costs-budgets-empty', '#/costs/budgets', null, { empty: true, skip: true }],
  ['costs-alerts-empty', '#/costs/alerts', null, { empty: true, skip: true }],
  ['models-empty', '#/models', null, { empty: true, skip: true }],
  ['models-installed-empty', '#/models/installed', null, { empty: true, skip: true }],
  ['models-running-empty', '#/models/running', null, { empty: true, skip: true }],
  ['connect-empty', '#/connect', null, { empty: true, skip: true }],
  ['settings-gateway-empty', '#/settings/gateway', null, { empty: true, skip: true }],
  ['quick', null, null, { quick: true }],
  ['quick-answer', null, ask, { quick: true }],
  ['sign-in', '#/chat', null, { signedOut: true }]
]

async function ask(page) {
  await page.getByRole('textbox').last().fill('Which of the three heat pump offers is cheapest?')
  await page.keyboard.press('Enter')
  await page.waitForTimeout(1300)
}

async function hoverChart(page) {
  await page.getByRole('slider', { name: 'Spend over time' }).focus()
  for (let press = 0; press < 12; press++) await page.keyboard.press('ArrowLeft')
}

async function whatIf(page) {
  await click('Search models', 'combobox')(page)
  await page.getByRole('option', { name: /gpt-5.2-mini/ }).click()
  await scrollTo('What if')(page)
}

async function wrongBudget(page) {
  await click('Set a budget')(page)
  await page.getByRole('checkbox', { name: 'Ask a cheaper model' }).click()
  await click('Save')(page)
}

async function overridePrice(page) {
  await click('openai/gpt-5.2')(page)
  await click('Set your own price')(page)
}

async function recompute(page) {
  await click('Book history anew')(page)
  await click('See what changes')(page)
}

async function keepLess(page) {
  await page.getByLabel('Days that calls are kept').fill('90')
  await page.keyboard.press('Enter')
}

async function hoverCalls(page) {
  await page.getByRole('navigation', { name: 'Calls' }).hover()
  await page.waitForTimeout(1500)
}

async function chooseCalls(page) {
  const calls = page.getByRole('navigation', { name: 'Calls' }).getByRole('link')
  await calls.nth(1).click({ modifiers: ['Control'] })
  await page
    .getByRole('navigation', { name: 'Calls' })
    .getByRole('checkbox')
    .nth(3)
    .click({ modifiers: ['Shift'] })
}

function scrollTo(heading) {
  return (page) =>
    page.getByRole('heading', { name: heading, exact: true }).evaluate((element) => element.scrollIntoView())
}

async function tryIt(page) {
  await page.getByLabel('Question to try').fill('Which of the three heat pump offers is cheapest?')
  await page.keyboard.press('Enter')
  await page.waitForTimeout(2500)
}

async function showTemplate(page) {
  await click('Show it')(page)
  await scrollTo('Chat template')(page)
}

async function searchCatalog(page) {
  await page.getByRole('searchbox', { name: 'Search the catalog' }).fill('deepseek')
  await page.waitForTimeout(400)
}

async function searchHub(page) {
  await page.getByLabel('Words to search Hugging Face for').fill('qwen3 30b')
  await click('Search Hugging Face')(page)
  await click(/^unsloth/)(page)
  await click(/^bartowski/)(page)
  await scrollTo('More at Hugging Face')(page)
}

async function addOpenAi(page) {
  await click('Add a provider')(page)
  await page.getByRole('button', { name: 'OpenAI', exact: true }).click()
  await page.getByLabel('Key', { exact: true }).fill('sk-wrong')
  await click('Another key')(page)
  await click('Test and save')(page)
  await page.getByRole('alert').waitFor()
}

function menu(button, item) {
  return async (page) => {
    await page.getByRole('button', { name: button, exact: true }).click()
    await page.getByRole('menuitem', { name: item }).click()
  }
}

async function searchKinds(page) {
  await click('Add a provider')(page)
  await page.getByRole('searchbox', { name: 'Search providers' }).fill('open')
  await page.waitForTimeout(300)
}

async function addCustom(page) {
  await click('Add a provider')(page)
  await page.getByRole('button', { name: 'Custom' }).click()
}

async function importText(page, text) {
  await menu('Configuration', 'Import a configuration')(page)
  await page.getByLabel('Configuration as YAML').fill(text)
  await page.getByRole('button', { name: 'Import', exact: true }).click()
}

function importWrong(page) {
  return importText(page, 'version: 1\n\nprovider:\n  openai:\n    kind: openai\n')
}

function importRight(page) {
  return importText(page, 'providers:\n  openai:\n    kind: openai\n')
}

async function preview(page) {
  await page.getByLabel('Prompt to try').fill('Prove that the square root of two is irrational. '.repeat(5))
  await page.getByRole('checkbox', { name: 'Images' }).click()
  await page.waitForTimeout(500)
}

async function openRule(page) {
  await page.getByRole('button', { name: /^When qwen\/qwen3-coder/ }).click()
}

async function wrongWeight(page) {
  await page.getByLabel('Weight of gpt-5.2-mini').fill('0')
  await click('Save')(page)
}

/** Writes the pictures whose names begin with one of these, or all, light, dark and narrow, to the folder. Reports what the page complained about. */
export async function takePictures({ outDir, names, folder }) {
  mkdirSync(folder, { recursive: true })
  const browser = await chromium.launch({ executablePath: '/usr/bin/chromium', args: ['--no-sandbox'] })
  const chosen = pictures.filter(
    ([name]) => names.length === 0 || names.some((start) => name.startsWith(start))
  )
  for (const [name, route, act, options = {}] of chosen) {
    for (const [theme, size, suffix] of [
      ['light', wide, ''],
      ['dark', wide, '-dark'],
      ['light', narrow, '-narrow']
    ]) {
      if (options.quick && size === narrow) continue
      const daemon = createFakeDaemon({
        outDir,
        empty: options.empty ?? false,
        downloads: options.downloads ?? false,
        live: options.live ?? null
      })
      const url = await daemon.listen()
      const viewport = options.quick ? { width: 640, height: act ? 420 : 110 } : size
      const page = await browser.newPage({ colorScheme: theme, viewport })
      page.on('console', (entry) => {
        const { url: from } = entry.location()
        if (entry.type() === 'error' || entry.type() === 'warning') report(name, `${entry.text()} ${from}`)
      })
      page.on('pageerror', (error) => report(name, error.message))
      page.on('request', (request) => {
        if (!request.url().startsWith(url) && !request.url().startsWith('data:'))
          report(name, `asked for ${request.url()}`)
      })
      const path = options.quick ? '/quick.html' : '/'
      await page.goto(`${url}${path}${options.signedOut ? '' : '#code=preview-code'}`)
      await page.locator('#root > *').first().waitFor()
      if (options.skip) {
        await click('Skip for now')(page)
        await page.getByLabel('Chats').first().waitFor()
      }
      if (route && route !== '#/chat') await page.evaluate((hash) => (location.hash = hash), route)
      await page.waitForTimeout(700)
      if (act) await act(page)
      await page.waitForTimeout(400)
      await page.screenshot({ path: join(folder, `${name}${suffix}.png`) })
      const wide = await page.evaluate(scrollsSideways)
      if (wide) report(name, `${suffix} scrolls sideways: ${wide}`)
      if (await page.evaluate(() => '__pwned' in window)) report(name, 'A SCRIPT OF THE ANSWER RAN')
      await page.close()
      daemon.close()
    }
  }
  await browser.close()
}

/** The first part of the page that would scroll sideways; code may. */
function scrollsSideways() {
  const all = [...document.querySelectorAll('*')].filter((element) => !element.closest('pre, textarea'))
  const found = all.find((element) => {
    const { overflowX } = getComputedStyle(element)
    return (overflowX === 'auto' || overflowX === 'scroll') && element.scrollWidth > element.clientWidth + 1
  })
  return found?.className ?? null
}

function report(name, text) {
  process.stdout.write(`${name}: ${text}\n`)
}
