import type { Download } from '../contract/downloads.ts'
import { duration, size } from './amounts.ts'
import type { Output } from './cli-host.ts'

const barWidth = 24
/** How many percent apart the lines of an output are that nobody watches. */
const step = 10

/** Shows how far a download is: one line that is drawn anew on a terminal, now and then a line elsewhere. */
export function downloadProgress(output: Output) {
  let drawn = false
  let nextPercent = 0
  return {
    show(download: Download): void {
      if (output.isTTY) {
        output.write(`\r${progressText(download)}\u001b[K`)
        drawn = true
        return
      }
      const percent = percentOf(download)
      if (download.state !== 'downloading' || percent === null || percent < nextPercent) return
      output.write(`${progressText(download)}\n`)
      nextPercent = (Math.floor(percent / step) + 1) * step
    },
    /** Leaves the line as it is. */
    end(): void {
      if (drawn) output.write('\n')
      drawn = false
    }
  }
}

/** One line of a download, without its name. */
export function progressText(download: Download): string {
  const { state, receivedBytes, sizeBytes, bytesPerSecond, secondsLeft } = download
  const percent = percentOf(download)
  const done = Math.round(((percent ?? 0) / 100) * barWidth)
  const bar = '█'.repeat(done) + '░'.repeat(barWidth - done)
  const amount = sizeBytes === null ? size(receivedBytes) : `${size(receivedBytes)} of ${size(sizeBytes)}`
  const head = `${bar} ${String(percent ?? 0).padStart(3)} %  ${amount}`
  if (state !== 'downloading') return `${head}  ${words[state]}`
  const rate = bytesPerSecond === null ? '' : `  ${size(bytesPerSecond)}/s`
  const left = secondsLeft === null ? '' : `  ${duration(secondsLeft)} left`
  return `${head}${rate}${left}`
}

const words = {
  queued: 'waiting for other downloads',
  paused: 'paused',
  verifying: 'checking',
  done: 'done',
  failed: 'failed'
}

/** Whole percent, 100 only when all is there. */
function percentOf({ receivedBytes, sizeBytes }: Download): number | null {
  return sizeBytes === null || sizeBytes === 0 ? null : Math.floor((receivedBytes / sizeBytes) * 100)
}
