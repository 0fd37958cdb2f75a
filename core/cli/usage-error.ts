/** The command was typed wrongly: exit code 2. The message says how to type it. */
export class UsageError extends Error {
  override readonly name = 'UsageError'
}
