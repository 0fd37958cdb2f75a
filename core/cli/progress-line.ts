import type { Output } from './cli-host.ts'

const barWidth = 24
/** How many percent apart the lines of an output are that nobody watches. */
const step = 10

/** Shows how far something is: one line that is drawn anew on a terminal, now and then a line elsewhere. */
export function progressLine(output: Output) {
  let drawn = false
  let nextPercent = 0
  let lastPhase = ''
  return {
    /** Without `percent` it is for terminals only. Percent begin anew with every `phase`. */
    show(text: string, percent: number | null, phase = ''): void {
      if (output.isTTY) {
        output.write(`\r${text}\u001b[K`)
        drawn = true
        return
      }
      if (phase !== lastPhase) nextPercent = 0
      lastPhase = phase
      if (percent === null || percent < nextPercent) return
      output.write(`${text}\n`)
      nextPercent = (Math.floor(percent / step) + 1) * step
    },
    /** Leaves the line as it is. */
    end(): void {
      if (drawn) output.write('\n')
      drawn = false
    }
  }
}

/** A bar for so many percent, and their number. */
export function progressBar(percent: number): string {
  const done = Math.round((percent / 100) * barWidth)
  return `${'█'.repeat(done)}${'░'.repeat(barWidth - done)} ${String(percent).padStart(3)} %`
}
