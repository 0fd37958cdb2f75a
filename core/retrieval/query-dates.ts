/** A stretch of time a question speaks of, in milliseconds UTC; days are those of this machine's time zone. */
export interface QueryDates {
  from: number
  until: number
  /** It says when a note was written or changed. Otherwise it may as well be what the note is about. */
  isAboutChange: boolean
}

const months = 'january february march april may june july august september october november december'.split(
  ' '
)
const month = `(${months.map((name) => `${name}|${name.slice(0, 3)}`).join('|')})`
const aboutChange =
  /\b(changed|edited|modified|updated|created|written|wrote|writing|noted|jotted|saved|notes? (from|of|since)|daily notes?)\b/i

interface Day {
  year: number
  month: number
  day: number
}
type Range = [from: Day, until: Day]

const plus = ({ year, month: inYear, day }: Day, change: Partial<Day>): Day => ({
  year: year + (change.year ?? 0),
  month: inYear + (change.month ?? 0),
  day: day + (change.day ?? 0)
})
const timeOf = ({ year, month: inYear, day }: Day): number => new Date(year, inYear, day).getTime()
const dayRange = (day: Day): Range => [day, plus(day, { day: 1 })]
const monthRange = (year: number, inYear: number): Range => [
  { year, month: inYear, day: 1 },
  { year, month: inYear + 1, day: 1 }
]
const monthOf = (name: string): number =>
  months.findIndex((whole) => whole.startsWith(name.toLowerCase().slice(0, 3)))

/** Most telling first. Each reads what its pattern found; `today` is the day that is asked on. */
const expressions: readonly [RegExp, (found: string[], today: Day, weekday: number) => Range][] = [
  [
    /\b(\d{4})-(\d\d)-(\d\d)\b/,
    ([, y, m, d]) => dayRange({ year: +`${y}`, month: +`${m}` - 1, day: +`${d}` })
  ],
  [
    new RegExp(String.raw`\b(\d{1,2})(?:st|nd|rd|th)? (?:of )?${month},? (\d{4})\b`, 'i'),
    ([, d, m, y]) => dayRange({ year: +`${y}`, month: monthOf(`${m}`), day: +`${d}` })
  ],
  [
    new RegExp(String.raw`\b${month} (\d{1,2})(?:st|nd|rd|th)?,? (\d{4})\b`, 'i'),
    ([, m, d, y]) => dayRange({ year: +`${y}`, month: monthOf(`${m}`), day: +`${d}` })
  ],
  [/\b(\d{4})-(\d\d)\b/, ([, y, m]) => monthRange(+`${y}`, +`${m}` - 1)],
  [
    new RegExp(String.raw`\b${month},? (?:of )?(\d{4})\b`, 'i'),
    ([, m, y]) => monthRange(+`${y}`, monthOf(`${m}`))
  ],
  [
    /\b(?:in|of|from|during) (\d{4})\b/i,
    ([, y]) => [
      { year: +`${y}`, month: 0, day: 1 },
      { year: +`${y}` + 1, month: 0, day: 1 }
    ]
  ],
  [
    /\b(?:last|past) (\d{1,3}) (day|week|month|year)s?\b/i,
    ([, count, unit], today) => [back(today, +`${count}`, `${unit}`), plus(today, { day: 1 })]
  ],
  [/\btoday\b/i, (_, today) => dayRange(today)],
  [/\byesterday\b/i, (_, today) => dayRange(plus(today, { day: -1 }))],
  [/\bthis week\b/i, (_, today, weekday) => weekRange(plus(today, { day: -weekday }))],
  [/\blast week\b/i, (_, today, weekday) => weekRange(plus(today, { day: -weekday - 7 }))],
  [/\bthis month\b/i, (_, { year, month: inYear }) => monthRange(year, inYear)],
  [/\blast month\b/i, (_, { year, month: inYear }) => monthRange(year, inYear - 1)],
  [
    /\bthis year\b/i,
    (_, { year }) => [
      { year, month: 0, day: 1 },
      { year: year + 1, month: 0, day: 1 }
    ]
  ],
  [
    /\blast year\b/i,
    (_, { year }) => [
      { year: year - 1, month: 0, day: 1 },
      { year, month: 0, day: 1 }
    ]
  ]
]

const weekRange = (monday: Day): Range => [monday, plus(monday, { day: 7 })]

function back(today: Day, count: number, unit: string): Day {
  if (unit === 'week') return plus(today, { day: -7 * count })
  if (unit === 'month') return plus(today, { month: -count })
  return unit === 'year' ? plus(today, { year: -count }) : plus(today, { day: -count })
}

/** The first date or stretch of time in a question; null where there is none. */
export function datesIn(text: string, now: number): QueryDates | null {
  const date = new Date(now)
  const today = { year: date.getFullYear(), month: date.getMonth(), day: date.getDate() }
  const weekday = (date.getDay() + 6) % 7
  for (const [pattern, read] of expressions) {
    const found = pattern.exec(text)
    if (!found) continue
    const [from, until] = read([...found], today, weekday).map(timeOf)
    if (from === undefined || until === undefined || Number.isNaN(from + until)) continue
    return { from, until, isAboutChange: aboutChange.test(text) }
  }
  return null
}
