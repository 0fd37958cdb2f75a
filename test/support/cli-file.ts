import path from 'node:path'

/** The command line's sources; `npm test` names the build, which is what people run, and starts in a quarter of the time. */
export const cliFile = path.resolve(
  import.meta.dirname,
  '../..',
  process.env.HOMEPORT_TEST_CLI ?? 'core/cli/cli.ts'
)
