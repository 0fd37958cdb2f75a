import { bridge } from './bridge.ts'

export async function copyText(text: string): Promise<void> {
  if (bridge) await bridge.invoke('clipboard:write-text', text)
  else await navigator.clipboard.writeText(text)
}

/** The clipboard's text. Call only when the person asked for it. */
export async function readClipboard(): Promise<string> {
  return bridge ? bridge.invoke('clipboard:read-text') : navigator.clipboard.readText()
}
