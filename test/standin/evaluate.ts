/** Runs functions that a test sends, as Playwright does in the main process of a real Electron over the inspector. */
export interface Evaluation {
  type: 'evaluate'
  id: number
  source: string
  argument: unknown
}

export function answerEvaluations(electron: object): void {
  process.on('message', async (message: Evaluation) => {
    if (message.type !== 'evaluate') return
    const { id, source, argument } = message
    try {
      // biome-ignore lint/security/noGlobalEval: the test sends a function as text; that is the purpose
      const run: (electron: object, argument: unknown) => unknown = globalThis.eval(`(${source})`)
      process.send?.({ type: 'result', id, ok: true, value: await run(electron, argument) })
    } catch (error) {
      const message = error instanceof Error ? (error.stack ?? error.message) : String(error)
      process.send?.({ type: 'result', id, ok: false, message })
    }
  })
}
