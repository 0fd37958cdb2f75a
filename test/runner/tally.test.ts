import { expect, test } from 'vitest'

interface Tally {
  passed: number
  skipped: number
  failures: string[]
  retried: string[]
}
const tally: {
  tallyVitest(report: unknown): Tally
  tallyPlaywright(report: unknown): Tally
  countText(tally: Tally): string
  sum(tallies: Tally[]): Tally
} = await import(new URL('./tally.mjs', import.meta.url).href)

const vitestTest = (status: string) => ({ status, fullName: status, failureMessages: ['why'] })

test("vitest's tests are counted one by one, a file that did not load as a failure", () => {
  const counted = tally.tallyVitest({
    testResults: [
      {
        name: 'a',
        status: 'failed',
        assertionResults: ['passed', 'failed', 'skipped', 'todo'].map(vitestTest)
      },
      { name: 'b', status: 'failed', message: 'cannot import', assertionResults: [] },
      { name: 'c', status: 'passed', assertionResults: [vitestTest('passed')] }
    ]
  })
  expect(counted).toEqual({
    passed: 2,
    skipped: 2,
    failures: ['a: failed\nwhy', 'b\ncannot import'],
    retried: []
  })
})

test("playwright's tests are counted through all suites; one that needed a second try is named", () => {
  const spec = (status: string) => ({
    file: 'f',
    title: status,
    tests: [{ status, results: [{ errors: [{ message: 'why' }] }] }]
  })
  const counted = tally.tallyPlaywright({
    errors: [{ message: 'no browser' }],
    suites: [
      { specs: [spec('expected')], suites: [{ specs: [spec('unexpected'), spec('flaky'), spec('skipped')] }] }
    ]
  })
  expect(counted).toEqual({
    passed: 2,
    skipped: 1,
    failures: ['f: unexpected\nwhy', 'no browser'],
    retried: ['f: flaky\nwhy']
  })
})

test('the last line names skipped tests only where there are any', () => {
  expect(tally.countText({ passed: 2, skipped: 0, failures: [], retried: [] })).toBe('2 passed, 0 failed')
  expect(tally.countText({ passed: 2, skipped: 1, failures: ['x'], retried: [] })).toBe(
    '2 passed, 1 failed, 1 skipped'
  )
})
