export interface KeyPress {
  /** `KeyboardEvent.code`: the key's place, whatever the layout writes there. */
  code: string
  ctrlKey: boolean
  metaKey: boolean
  altKey: boolean
  shiftKey: boolean
}

const named: Record<string, string> = {
  Space: 'Space',
  Enter: 'Return',
  Tab: 'Tab',
  ArrowUp: 'Up',
  ArrowDown: 'Down',
  ArrowLeft: 'Left',
  ArrowRight: 'Right',
  Backquote: '`',
  Minus: '-',
  Equal: '=',
  Comma: ',',
  Period: '.',
  Slash: '/',
  Semicolon: ';'
}

/**
 * A pressed combination as Electron writes it (`CommandOrControl+Shift+Space`); null while it is no shortcut: it needs
 * Ctrl, Command or Alt and one more key.
 */
export function toAccelerator(press: KeyPress, isMac: boolean): string | null {
  const letter = /^(?:Key([A-Z])|Digit(\d)|(F\d{1,2}))$/.exec(press.code)
  const key = named[press.code] ?? letter?.[1] ?? letter?.[2] ?? letter?.[3]
  const primary = isMac ? press.metaKey : press.ctrlKey
  const other = isMac ? press.ctrlKey : press.metaKey
  if (!key || !(primary || other || press.altKey)) return null
  const parts = [
    primary && 'CommandOrControl',
    other && (isMac ? 'Control' : 'Super'),
    press.altKey && 'Alt',
    press.shiftKey && 'Shift',
    key
  ]
  return parts.filter(Boolean).join('+')
}

/** An accelerator as this platform's people write it: `Ctrl Shift Space`, `⌘⇧Space`. */
export function showAccelerator(accelerator: string, isMac: boolean): string {
  const signs: Record<string, string> = isMac
    ? { CommandOrControl: '⌘', Control: '⌃', Alt: '⌥', Shift: '⇧' }
    : { CommandOrControl: 'Ctrl' }
  const parts = accelerator.split('+').map((part) => signs[part] ?? part)
  return parts.join(isMac ? '' : ' ')
}
