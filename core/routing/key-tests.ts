import type { ProviderTest } from '../contract/models.ts'

/** What asking a provider once with each of its keys came to. */
export interface KeyTests {
  /** It works if one of the keys does, whose models are taken. Keys that do not are named by their places. */
  test: ProviderTest
  /** What is wrong with keys, in words; null where all of them work. */
  problem: string | null
}

/** `tests` are in the order of the keys, at least one. */
export function readKeyTests(tests: readonly ProviderTest[]): KeyTests {
  const [first] = tests
  if (!first) throw new Error('a provider is asked at least once')
  const working = tests.find(({ ok }) => ok)
  const wrong = tests.flatMap(({ ok, message }, at) =>
    ok ? [] : [`Key ${at + 1} of ${tests.length}: ${message}`]
  )
  if (tests.length === 1) return { test: first, problem: first.ok ? null : first.message }
  if (!working) {
    const isSame = tests.every(({ message }) => message === first.message)
    const problem = isSame ? `None of the ${tests.length} keys works. ${first.message}` : wrong.join(' ')
    return { test: { ...first, message: problem }, problem }
  }
  const problem = wrong.length === 0 ? null : wrong.join(' ')
  const message = `${working.message} ${problem ?? `All ${tests.length} keys work.`}`
  return { test: { ...working, message }, problem }
}
