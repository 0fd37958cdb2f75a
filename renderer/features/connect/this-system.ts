import type { System } from './connect-tool.ts'

/** The system this window runs on, as far as a page can know. */
export function thisSystem(): System {
  if (/mac|iphone|ipad/i.test(navigator.platform)) return 'mac'
  return /win/i.test(navigator.platform) ? 'windows' : 'linux'
}
