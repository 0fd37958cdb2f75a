import type { Mark, MarkKind } from '../../../components/markdown/marks.ts'

const marks = /[[【](\d{1,3}(?:\s*[,;–-]\s*\d{1,3})*)(?:†[^】\]]*)?[\]】]/g
/** More numbers than any answer is given passages. */
const LONGEST_RANGE = 20

/** The numbers of passages in an answer: `[1]`, `[1, 2]`, `[1-3]`, and the brackets some models prefer. */
export const citationMarks: MarkKind = {
  name: 'citations',
  find: (text) =>
    [...text.matchAll(marks)].flatMap(({ index, 0: whole, 1: list = '' }) =>
      marksOf(numbersOf(list), index, index + whole.length)
    )
}

/** One mark a number; the first takes the place of the text, the others follow it. */
function marksOf(numbers: readonly number[], start: number, end: number): Mark[] {
  return numbers.map((number, place) => ({
    start: place === 0 ? start : end,
    end,
    value: String(number),
    label: `[${number}]`
  }))
}

function numbersOf(list: string): number[] {
  return list.split(/[,;]/).flatMap((range) => {
    const [first = 0, last = first] = range.split(/[–-]/).map(Number)
    if (last < first || last - first > LONGEST_RANGE) return [first, last]
    return Array.from({ length: last - first + 1 }, (_, step) => first + step)
  })
}
