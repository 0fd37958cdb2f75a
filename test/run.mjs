// `npm test`: every check of the project, one after the other. Ends with `N passed, N failed`.
// `npm test -- --only lint,unit` runs some of them.
import { parseArgs } from 'node:util'
import { sections } from './runner/sections.mjs'
import { countText, sum } from './runner/tally.mjs'

const { values } = parseArgs({ options: { only: { type: 'string' } } })
const names = sections.map(({ name }) => name)
const wanted = values.only?.split(',') ?? sections.filter(({ onDemand }) => !onDemand).map(({ name }) => name)
const unknown = wanted.filter((name) => !names.includes(name))
if (unknown.length > 0) {
  process.stderr.write(`There is no check "${unknown.join(', ')}". Known: ${names.join(', ')}\n`)
  process.exit(2)
}

const tallies = []
for (const { name, run } of sections.filter((section) => wanted.includes(section.name))) {
  process.stdout.write(`${name} ...\n`)
  const startedAt = performance.now()
  const tally = await run().catch((error) => ({
    passed: 0,
    skipped: 0,
    retried: [],
    failures: [`${name} broke off: ${error.stack}`]
  }))
  for (const failure of tally.failures)
    process.stdout.write(`  FAILED ${failure.replaceAll('\n', '\n    ')}\n`)
  for (const retry of tally.retried)
    process.stdout.write(`  NEEDED A SECOND TRY ${retry.replaceAll('\n', '\n    ')}\n`)
  const seconds = ((performance.now() - startedAt) / 1000).toFixed(1)
  process.stdout.write(`${name}: ${countText(tally)} (${seconds} s)\n`)
  tallies.push(tally)
}

const total = sum(tallies)
process.exitCode = total.failures.length === 0 ? 0 : 1
process.stdout.write(`${countText(total)}\n`)
