import { existsSync, mkdirSync, readFileSync, rmSync } from 'node:fs'
import { join } from 'node:path'
import { readLockProblems } from '../architecture/lock-check.ts'
import { projects, typecheck } from '../typecheck.mjs'
import { ensureChromium } from './chromium.mjs'
import { complaintsOf, root, runTool } from './run-tool.mjs'
import { oneCheck, sum, tallyPlaywright, tallyVitest } from './tally.mjs'

const node = process.execPath
const tool = (path) => join(root, 'node_modules', path)
const results = join(root, 'test-results')

async function lint() {
  const args = [tool('@biomejs/biome/bin/biome'), 'check', '--error-on-warnings', '--colors=off', '.']
  return oneCheck('format and lint', await complaintsOf(node, args))
}

async function types() {
  return sum(projects.map((project) => oneCheck(`types of ${project}`, typecheck(project))))
}

async function lock() {
  const folders = ['.', 'resources/gpu']
  return sum(
    folders.map((folder) =>
      oneCheck(`lockfile of ${folder}`, readLockProblems(join(root, folder)).join('\n'))
    )
  )
}

/** Runs vitest and counts its tests, and one failure more when it failed for a reason that no test names. */
async function vitest(name, args, minutes) {
  const report = join(results, `${name}.json`)
  mkdirSync(results, { recursive: true })
  rmSync(report, { force: true })
  const { code, output } = await runTool(
    node,
    [
      tool('vitest/vitest.mjs'),
      'run',
      '--reporter=dot',
      '--reporter=json',
      `--outputFile.json=${report}`,
      ...args
    ],
    { minutes, env: { HOMEPORT_TEST_CLI: 'out/main/cli.mjs' } }
  )
  return tallyReport(report, tallyVitest, name, code, output)
}

async function endToEnd(name, env = {}) {
  const chromium = await ensureChromium()
  if (chromium === null)
    return oneCheck(name, 'There is no Chromium to test in. Install one, or set CHROMIUM to its path.')
  const report = join(results, `${name}.json`)
  rmSync(report, { force: true })
  const { code, output } = await runTool(
    node,
    [tool('playwright/cli.js'), 'test', '--reporter=list,json', '--global-timeout=270000'],
    {
      minutes: 5,
      env: { CHROMIUM: chromium, PLAYWRIGHT_JSON_OUTPUT_NAME: report, ...env }
    }
  )
  return tallyReport(report, tallyPlaywright, name, code, output)
}

function tallyReport(report, tally, name, code, output) {
  if (!existsSync(report)) return oneCheck(name, output.slice(-5000) || `no report, exit code ${code}`)
  const counted = tally(JSON.parse(readFileSync(report, 'utf8')))
  const unexplained = code !== 0 && counted.failures.length === 0
  return unexplained ? sum([counted, oneCheck(name, output.slice(-5000))]) : counted
}

async function build() {
  const script = join(root, 'resources/bin/build-if-stale.mjs')
  return oneCheck('build', await complaintsOf(node, [script], { minutes: 5 }))
}

/** What was packed, and the end-to-end suite on it. */
async function pack() {
  const chromium = await ensureChromium()
  const report = join(results, 'pack.json')
  rmSync(report, { force: true })
  const { code, output } = await runTool(node, [join(root, 'test/pack/pack-check.mjs')], {
    minutes: 8,
    env: { PLAYWRIGHT_JSON_OUTPUT_NAME: report, ...(chromium !== null && { CHROMIUM: chromium }) }
  })
  if (!existsSync(report)) return oneCheck('pack', code === 0 ? 'its specs did not run' : output.slice(-5000))
  const specs = tallyReport(report, tallyPlaywright, 'pack', code, output)
  return sum([oneCheck('what is packed', null), specs])
}

/**
 * In the order they run: what is quick and tells most comes first. Those `onDemand` run only when they are named: the
 * end-to-end suite runs on what was packed, which is all that the working tree's run would prove and more.
 */
export const sections = [
  { name: 'lint', run: lint },
  { name: 'types', run: types },
  { name: 'lock', run: lock },
  { name: 'architecture', run: () => vitest('architecture', ['test/architecture'], 2) },
  { name: 'build', run: build },
  { name: 'unit', run: () => vitest('unit', ['--exclude', 'test/architecture/**'], 9) },
  { name: 'e2e', run: () => endToEnd('e2e'), onDemand: true },
  { name: 'pack', run: pack }
]
