import type { Logger } from './logger.ts'
import { redact } from './redact.ts'
import { openRotatingFile } from './rotating-file.ts'

const levels = ['debug', 'info', 'warn', 'error'] as const
export type LogLevel = (typeof levels)[number]

const MAX_BYTES = 5 * 1024 * 1024
const MAX_FILES = 5

export interface FileLogger extends Logger {
  close(): void
}

/**
 * Logs to `homeport.log` in `dir`, one JSON object a line, at `level` and above; five files of 5 MB. Written at once, so
 * nothing is lost when the process dies. A disk that takes no more lines stops the log, not the program.
 */
export function openFileLogger(options: { dir: string; level: LogLevel }): FileLogger {
  const file = openRotatingFile({
    dir: options.dir,
    name: 'homeport.log',
    maxBytes: MAX_BYTES,
    maxFiles: MAX_FILES
  })
  const lowest = levels.indexOf(options.level)
  const log = (level: LogLevel) => {
    if (levels.indexOf(level) < lowest) return () => {}
    return (fields: Record<string, unknown>, message: string): void => {
      const head = { time: new Date().toISOString(), level, message: redact(message) }
      try {
        file.write(`${JSON.stringify({ ...head, fields: redact(fields) })}\n`)
      } catch {
        // there is nowhere left to say it
      }
    }
  }
  return {
    debug: log('debug'),
    info: log('info'),
    warn: log('warn'),
    error: log('error'),
    close: () => file.close()
  }
}
