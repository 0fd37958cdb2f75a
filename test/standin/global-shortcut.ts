import { strict } from './strict.ts'

const shortcuts = new Map<string, () => void>()
/** Combinations that another program has: `STANDIN_TAKEN_SHORTCUT`. */
const takenByOthers = process.env.STANDIN_TAKEN_SHORTCUT

const globalShortcutStandin = {
  register(accelerator: string, pressed: () => void): boolean {
    if (shortcuts.has(accelerator) || accelerator === takenByOthers) return false
    shortcuts.set(accelerator, pressed)
    return true
  },
  isRegistered: (accelerator: string): boolean => shortcuts.has(accelerator),
  unregister(accelerator: string): void {
    shortcuts.delete(accelerator)
  }
} satisfies Partial<Electron.GlobalShortcut>

export const globalShortcut = strict('globalShortcut', globalShortcutStandin)
