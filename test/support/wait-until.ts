/** Polls until the condition gives something; the test's own time-out bounds it. */
export async function waitUntil<T>(
  condition: () => T | Promise<T>,
  intervalMs = 25
): Promise<NonNullable<T>> {
  for (;;) {
    const value = await condition()
    if (value) return value
    await new Promise((resolve) => setTimeout(resolve, intervalMs))
  }
}
