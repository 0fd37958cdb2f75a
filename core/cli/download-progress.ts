import type { Download } from '../contract/downloads.ts'
import { duration, size } from './amounts.ts'
import type { Output } from './cli-host.ts'
import { progressBar, progressLine } from './progress-line.ts'

/** Shows how far a download is. */
export function downloadProgress(output: Output) {
  const line = progressLine(output)
  return {
    show(download: Download): void {
      line.show(progressText(download), download.state === 'downloading' ? percentOf(download) : null)
    },
    end: line.end
  }
}

/** One line of a download, without its name. */
export function progressText(download: Download): string {
  const { state, receivedBytes, sizeBytes, bytesPerSecond, secondsLeft } = download
  const amount = sizeBytes === null ? size(receivedBytes) : `${size(receivedBytes)} of ${size(sizeBytes)}`
  const head = `${progressBar(percentOf(download) ?? 0)}  ${amount}`
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
