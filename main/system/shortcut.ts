import { globalShortcut } from 'electron'

/** The one key combination that works in every program. */
export class QuickPromptShortcut {
  readonly #pressed: () => void
  readonly #unavailable: (accelerator: string) => void
  #accelerator: string | null = null

  /** `unavailable` is told when another program has it, or when it is no combination this system knows. */
  constructor(pressed: () => void, unavailable: (accelerator: string) => void) {
    this.#pressed = pressed
    this.#unavailable = unavailable
  }

  set(accelerator: string): void {
    if (accelerator === this.#accelerator) return
    this.clear()
    this.#accelerator = accelerator
    if (!register(accelerator, this.#pressed)) this.#unavailable(accelerator)
  }

  clear(): void {
    if (this.#accelerator !== null) globalShortcut.unregister(this.#accelerator)
    this.#accelerator = null
  }
}

function register(accelerator: string, pressed: () => void): boolean {
  try {
    return globalShortcut.register(accelerator, pressed)
  } catch {
    return false // not an accelerator at all
  }
}
