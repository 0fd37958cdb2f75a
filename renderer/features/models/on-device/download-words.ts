import type { Download } from '../../../../core/contract/downloads.ts'
import { formatSecondsLeft } from '../../../components/format/time.ts'
import { formatBytes } from '../../../components/format/tokens.ts'

/** Part of it that is here, 0 to 1; null while its size is not known. */
export function downloadedPart({ sizeBytes, receivedBytes, state }: Download): number | null {
  if (state === 'verifying' || state === 'done') return 1
  return sizeBytes ? receivedBytes / sizeBytes : null
}

/** Where a download stands, in a line: `1.2 of 2.5 GB · 34.0 MB/s · 40 s left`. */
export function describeDownload(download: Download): string {
  const { state, problem, bytesPerSecond, secondsLeft } = download
  switch (state) {
    case 'queued':
      return 'Waits for its turn'
    case 'verifying':
      return 'Checking that every byte is right'
    case 'done':
      return 'Ready to be used'
    case 'failed':
      return problem ?? 'It failed.'
    case 'paused':
      return `Paused at ${amount(download)}`
    default:
      return [
        amount(download),
        bytesPerSecond ? `${formatBytes(Math.round(bytesPerSecond))}/s` : 'waiting for the server',
        secondsLeft === null || !bytesPerSecond ? null : `${formatSecondsLeft(secondsLeft)} left`
      ]
        .filter((part) => part !== null)
        .join(' · ')
  }
}

function amount({ receivedBytes, sizeBytes }: Download): string {
  return sizeBytes === null
    ? formatBytes(receivedBytes)
    : `${formatBytes(receivedBytes)} of ${formatBytes(sizeBytes)}`
}

/** Whether something may still happen with it by itself. */
export function isUnderway({ state }: Download): boolean {
  return state === 'queued' || state === 'downloading' || state === 'verifying'
}

/** The download of this very file, the newest if there were several. */
export function downloadOf(
  downloads: readonly Download[] | null,
  wanted: { repo: string; file: string }
): Download | null {
  return downloads?.findLast(({ repo, file }) => repo === wanted.repo && file === wanted.file) ?? null
}
