import { app } from 'electron'

export interface QuitSteps {
  /** The windows may close for good now. */
  begin(): void
  /** Ends what runs beside the windows; quitting waits for it. */
  finish(): Promise<void>
}

/** The app outlives its windows, and quits only when nothing of it is left running. */
export function quitCleanly(steps: QuitSteps): void {
  let phase: 'running' | 'finishing' | 'finished' = 'running'
  app.on('window-all-closed', () => {}) // without a listener Electron would quit
  app.on('before-quit', () => steps.begin())
  app.on('will-quit', (event) => {
    if (phase === 'finished') return
    event.preventDefault()
    if (phase === 'finishing') return
    phase = 'finishing'
    void steps.finish().finally(() => {
      phase = 'finished'
      app.quit()
    })
  })
}
