import { Notification } from 'electron'

/** Says that the quick prompt's key combination does nothing, and where to choose another. */
export function tellShortcutIsTaken(accelerator: string): void {
  if (!Notification.isSupported()) return
  new Notification({
    title: 'The quick prompt has no shortcut',
    body: `${accelerator} cannot be used, perhaps because another program has it. Choose another one in Settings.`
  }).show()
}
