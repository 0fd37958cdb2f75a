import { execFile } from 'node:child_process'
import { promisify } from 'node:util'
import { expect, test } from 'vitest'

const run = promisify(execFile)
const cli = new URL('./cli.ts', import.meta.url).href

test('the command line is imported where the second argument is no file, as in the packaged app', async () => {
  const script = `process.argv[1] = '--cli'
    const { runCli } = await import('${cli}')
    process.exitCode = await runCli(['--version'])`
  const { stdout } = await run(process.execPath, ['--input-type=module', '--eval', script])
  expect(stdout).toMatch(/^\d+\.\d+\.\d+\n$/)
})
