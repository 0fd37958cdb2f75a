import { spawn } from 'node:child_process'

type Env = Readonly<Record<string, string | undefined>>

/** The program that opens a link on this system, with its arguments; null where there is no desktop. */
export function browserCommand(url: string, platform: NodeJS.Platform, env: Env): [string, string[]] | null {
  if (platform === 'darwin') return ['open', [url]]
  if (platform === 'win32') return ['rundll32', ['url.dll,FileProtocolHandler', url]]
  return env.DISPLAY || env.WAYLAND_DISPLAY ? ['xdg-open', [url]] : null
}

/** Opens a link in the person's browser, without a shell. Returns whether there is anything to open it with. */
export function openBrowser(url: string, env: Env): boolean {
  const command = browserCommand(url, process.platform, env)
  if (command === null) return false
  const child = spawn(command[0], command[1], { stdio: 'ignore', detached: true })
  // no browser is no failure: the link was printed
  child.on('error', () => {})
  child.unref()
  return true
}
