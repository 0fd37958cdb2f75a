import type { Mark, MarkKind } from '../../../components/markdown/marks.ts'

const numbers = /\[(\d{1,3}(?:\s*,\s*\d{1,3})*)\]/g

/** The numbers of passages in an answer: `[1]`, `[1][2]`, `[1, 2]`. */
export const citationMarks: MarkKind = {
  name: 'citations',
  find: (text) => [...text.matchAll(numbers)].flatMap(marksOf)
}

/** One mark a number; together they cover all of it. */
function marksOf({ index, 0: whole, 1: list = '' }: RegExpExecArray): Mark[] {
  const marks: Mark[] = []
  for (const number of list.matchAll(/\d+/g)) {
    const start = marks.at(-1)?.end ?? index
    const end = index + 1 + number.index + number[0].length
    marks.push({ start, end, value: String(Number(number[0])), label: `[${number[0]}]` })
  }
  const last = marks.at(-1)
  if (last) last.end = index + whole.length
  return marks
}
