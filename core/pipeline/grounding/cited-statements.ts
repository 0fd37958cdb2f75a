/** Something an answer says, and the passages it names for it. */
export interface CitedStatement {
  text: string
  /** In their order, each once. */
  numbers: number[]
}

/** `[1]`, `[1, 2]`, `[1-3]` and the brackets some models prefer; not a link `[1](…)`. */
const mark = /[[【](\d{1,3}(?:\s*[,;–-]\s*\d{1,3})*)(?:†[^】\]]*)?[\]】](?!\()/g
const leadingMarks = new RegExp(`^(?:\\s*${mark.source})+`)
const code = /```[\s\S]*?(?:```|$)|`[^`\n]*`/g
const listMark = /^\s*(?:[-*+>]\s+|\d{1,3}[.)]\s+|#{1,6}\s+)+/
const sentences = new Intl.Segmenter('en', { granularity: 'sentence' })
const LONGEST_RANGE = 20

/** What an answer says with marks behind it; marks behind a full stop belong to what it ended. None stand in code. */
export function citedStatements(answer: string): CitedStatement[] {
  const said: CitedStatement[] = []
  for (const line of answer.replace(code, (text) => ' '.repeat(text.length)).split('\n')) {
    let before: CitedStatement | undefined
    for (const { segment } of sentences.segment(line.replace(listMark, ''))) {
      const lead = leadingMarks.exec(segment)?.[0] ?? ''
      const own = segment.slice(lead.length)
      const text = own.replace(mark, ' ').replace(/\s+/g, ' ').trim()
      const statement = /[\p{L}\p{N}]/u.test(text) ? { text, numbers: [] } : undefined
      name(before ?? statement ?? said.at(-1), lead)
      name(statement ?? before ?? said.at(-1), own)
      if (statement) said.push(statement)
      before = statement ?? before
    }
  }
  return said.filter(({ numbers }) => numbers.length > 0)
}

function name(statement: CitedStatement | undefined, marks: string): void {
  if (!statement) return
  for (const [, list = ''] of marks.matchAll(mark)) {
    for (const number of list.split(/[,;]/).flatMap(numbersOf)) {
      if (!statement.numbers.includes(number)) statement.numbers.push(number)
    }
  }
}

/** Of `3`, or of `1-3`. */
function numbersOf(range: string): number[] {
  const [first = 0, last = first] = range.split(/[–-]/).map(Number)
  if (last < first || last - first > LONGEST_RANGE) return [first, last]
  return Array.from({ length: last - first + 1 }, (_, index) => first + index)
}
