// What a section found: `{ passed, skipped, failures, retried }`; a failure is a name and what is wrong, and so is a test
// that passed only when it was tried again.

/** One check as a tally: it passes when there are no complaints. */
export const oneCheck = (name, complaints) =>
  complaints
    ? { passed: 0, skipped: 0, failures: [`${name}\n${complaints}`], retried: [] }
    : { passed: 1, skipped: 0, failures: [], retried: [] }

export const sum = (tallies) => ({
  passed: tallies.reduce((total, { passed }) => total + passed, 0),
  skipped: tallies.reduce((total, { skipped }) => total + skipped, 0),
  failures: tallies.flatMap(({ failures }) => failures),
  retried: tallies.flatMap(({ retried }) => retried)
})

export const countText = ({ passed, skipped, failures }) =>
  `${passed} passed, ${failures.length} failed${skipped > 0 ? `, ${skipped} skipped` : ''}`

const LONGEST_MESSAGE = 1500
const ESCAPE = String.fromCharCode(27)

/** A message without colours and without the frames of libraries. */
const shorten = (text) =>
  text
    .replaceAll(new RegExp(`${ESCAPE}\\[[0-9;]*m`, 'g'), '')
    .split('\n')
    .filter((line) => !/^\s+at .*node_modules/.test(line))
    .join('\n')
    .slice(0, LONGEST_MESSAGE)

/** Counts vitest's JSON report. A file that could not even be loaded is one failure. */
export function tallyVitest(report) {
  const tests = report.testResults.flatMap((file) =>
    file.assertionResults.map((test) => ({ ...test, file: file.name }))
  )
  const failed = tests.filter(({ status }) => status === 'failed')
  const broken = report.testResults.filter(
    (file) => file.status === 'failed' && !file.assertionResults.some(({ status }) => status === 'failed')
  )
  return {
    passed: tests.filter(({ status }) => status === 'passed').length,
    skipped: tests.filter(({ status }) => ['pending', 'skipped', 'todo', 'disabled'].includes(status)).length,
    failures: [
      ...failed.map((test) => `${test.file}: ${test.fullName}\n${shorten(test.failureMessages.join('\n'))}`),
      ...broken.map((file) => `${file.name}\n${shorten(file.message ?? '')}`)
    ],
    retried: []
  }
}

/** Counts Playwright's JSON report. A test that passed only when tried again counts as passed, and is named. */
export function tallyPlaywright(report) {
  const tests = report.suites.flatMap(testsOfSuite)
  const withWords = (wanted) =>
    tests
      .filter(({ status }) => status === wanted)
      .map(({ name, messages }) => `${name}\n${shorten(messages.join('\n'))}`)
  const retried = withWords('flaky')
  return {
    passed: tests.filter(({ status }) => status === 'expected').length + retried.length,
    skipped: tests.filter(({ status }) => status === 'skipped').length,
    failures: [
      ...withWords('unexpected'),
      ...report.errors.map(({ message }) => shorten(message ?? 'an error outside any test'))
    ],
    retried
  }
}

function testsOfSuite(suite) {
  const own = (suite.specs ?? []).flatMap((spec) =>
    spec.tests.map(({ status, results }) => ({
      name: `${spec.file}: ${spec.title}`,
      status,
      messages: results.flatMap(({ errors }) => errors.map(({ message }) => message ?? ''))
    }))
  )
  return [...own, ...(suite.suites ?? []).flatMap(testsOfSuite)]
}
