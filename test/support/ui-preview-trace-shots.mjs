import { manySpansId } from './ui-preview-trace-details.mjs'
import { traceId } from './ui-preview-traces.mjs'

const call = `#/activity/${traceId(0)}`

/** One call, from all sides: name, route and what to do there. */
export const tracePictures = [
  ['activity-step', call, lookIntoStep],
  ['activity-response', call, showTab('Response')],
  ['activity-raw', call, showTab('Raw')],
  ['activity-many-steps', `#/activity/${manySpansId}`, walkSteps],
  ['activity-judged', call, judge],
  ['activity-compared', call, (page) => compare(page, 'Side by side')],
  ['activity-diff', call, (page) => compare(page, 'Changes in the answer')]
]

async function lookIntoStep(page) {
  await page.getByRole('tree', { name: 'Time line' }).focus()
  await page.keyboard.press('Enter')
}

async function walkSteps(page) {
  await page.getByRole('tree', { name: 'Time line' }).focus()
  for (let press = 0; press < 30; press++) await page.keyboard.press('PageDown')
}

function showTab(name) {
  return async (page) => {
    await page.getByRole('tab', { name, exact: true }).click()
    await page.getByRole('tablist', { name: 'What was sent' }).evaluate((element) => element.scrollIntoView())
  }
}

async function judge(page) {
  await page.getByRole('button', { name: 'Good answer' }).click()
  await page.getByRole('textbox', { name: 'Add a tag' }).fill('house, kept')
  await page.keyboard.press('Enter')
  await page.getByRole('textbox', { name: 'Comment' }).fill('The Aerotop is weaker at 55 °C than it says.')
  await page.getByRole('region', { name: 'Your judgement' }).evaluate((element) => element.scrollIntoView())
}

async function compare(page, view) {
  await page.getByRole('region', { name: 'Compare' }).getByRole('combobox', { name: 'Search models' }).click()
  await page.getByRole('option', { name: /gpt-5.2-mini/ }).click()
  await page.getByRole('button', { name: 'Ask it the same' }).click()
  await page.getByRole('radio', { name: view }).click()
  await page.getByRole('region', { name: 'Compare' }).evaluate((element) => element.scrollIntoView())
}
