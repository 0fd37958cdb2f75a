import type { Source } from '../contract/knowledge.ts'
import type { Output } from './cli-host.ts'
import { progressBar, progressLine } from './progress-line.ts'
import { isUnderWay, percentOf, progressWords } from './source-words.ts'
import { printable } from './table.ts'

/** Shows how far indexing is: of several folders, the first that something is done to. */
export function sourceProgress(output: Output) {
  const line = progressLine(output)
  return {
    show(sources: readonly Source[]): void {
      const current = sources.find((source) => isUnderWay(source) && source.progress !== null)
      if (!current?.progress) return
      const percent = percentOf(current)
      const text = `${progressBar(percent ?? 0)}  ${current.id}: ${progressWords(current.progress)}`
      line.show(printable(text), percent, `${current.id} ${current.progress.step}`)
    },
    end: line.end
  }
}
