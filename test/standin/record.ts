/** What the app asked of its surroundings, for tests to look at: `app.evaluate(() => globalThis.__standin.calls)`. */
export interface StandinRecord {
  calls: { api: string; args: unknown[] }[]
  /** Requests that were not let out. */
  blocked: string[]
  /** Answers to the next dialogs, in their order. Without one a dialog is cancelled. */
  dialogAnswers: unknown[]
}

export const record: StandinRecord = { calls: [], blocked: [], dialogAnswers: [] }
Object.assign(globalThis, { __standin: record })

export function note(api: string, ...args: unknown[]): void {
  record.calls.push({ api, args })
}

/** A function that does nothing but leave a note. */
export const noting =
  (api: string) =>
  (...args: unknown[]): void =>
    note(api, ...args)
