import { HomeportError } from '../errors/homeport-error.ts'

/** For what only a running daemon can tell. */
export const notRunning = (): HomeportError =>
  new HomeportError('unavailable', 'Homeport is not running', { action: 'Start it with: homeport serve' })
