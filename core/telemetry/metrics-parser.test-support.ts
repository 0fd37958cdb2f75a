interface ParsedSample {
  name: string
  labels: Record<string, string>
  value: number
}

export interface ParsedMetrics {
  text: string
  samples: ParsedSample[]
  /** Of every metric that is declared. */
  names: string[]
  /** Throws where there is no such series. */
  value(name: string, labels?: Record<string, string>): number
  has(name: string): boolean
}

const sampleLine = /^([a-zA-Z_:][\w:]*)(?:\{(.*)\})? (\S+)$/
const labelPair = /([a-zA-Z_]\w*)="((?:[^"\\\n]|\\[\\"n])*)"(,|$)/y
const suffixes: Record<string, RegExp> = { histogram: /_(bucket|sum|count)$/, counter: /^$/, gauge: /^$/ }

/**
 * Reads Prometheus text format 0.0.4, and throws for what Prometheus would not take or would misread: a line that is
 * none, a series that stands twice or outside its metric, a counter not named one, buckets that do not add up.
 */
export function parseMetrics(text: string): ParsedMetrics {
  if (!text.endsWith('\n')) throw new Error('the last line has no end')
  const samples: ParsedSample[] = []
  const names: string[] = []
  const seen = new Set<string>()
  let help: string | null = null
  let type = ''
  for (const line of text.slice(0, -1).split('\n')) {
    const [, keyword, name = '', rest = ''] = /^# (HELP|TYPE) (\S+) (.+)$/.exec(line) ?? []
    if (keyword === 'HELP') help = name
    else if (keyword === 'TYPE') {
      if (help !== name || names.includes(name)) throw new Error(`misplaced: ${line}`)
      if (!(rest in suffixes)) throw new Error(`no type: ${line}`)
      if ((rest === 'counter') !== name.endsWith('_total')) throw new Error(`misnamed ${rest}: ${name}`)
      names.push(name)
      type = rest
    } else {
      const sample = parseSample(line)
      const metric = sample.name.replace(suffixes[type] ?? /^$/, '')
      if (metric !== names.at(-1)) throw new Error(`outside its metric: ${line}`)
      const series = JSON.stringify([sample.name, Object.entries(sample.labels).toSorted()])
      if (seen.has(series)) throw new Error(`stands twice: ${line}`)
      seen.add(series)
      samples.push(sample)
    }
  }
  checkBuckets(samples)
  const find = (name: string, labels: Record<string, string>) =>
    samples.find((sample) => sample.name === name && sameLabels(sample.labels, labels))
  return {
    text,
    samples,
    names,
    value(name, labels = {}) {
      const found = find(name, labels)
      if (!found) throw new Error(`no series ${name} ${JSON.stringify(labels)}`)
      return found.value
    },
    has: (name) => samples.some((sample) => sample.name === name)
  }
}

function parseSample(line: string): ParsedSample {
  const [, name = '', pairs = '', number = ''] = sampleLine.exec(line) ?? []
  const value = Number(number)
  if (name === '' || number === '' || Number.isNaN(value)) throw new Error(`no sample: ${line}`)
  const labels: Record<string, string> = {}
  let at = 0
  while (at < pairs.length) {
    labelPair.lastIndex = at
    const [whole, label = '', written = ''] = labelPair.exec(pairs) ?? []
    if (whole === undefined || label in labels) throw new Error(`no label at ${at}: ${line}`)
    labels[label] = written.replace(/\\(.)/g, (_, escaped: string) => (escaped === 'n' ? '\n' : escaped))
    at += whole.length
  }
  return { name, labels, value }
}

/** Each bucket holds those below it; the last is `+Inf` and the same as the count. */
function checkBuckets(samples: readonly ParsedSample[]): void {
  for (const [index, { name, labels, value }] of samples.entries()) {
    if (!name.endsWith('_bucket')) continue
    const next = samples[index + 1]
    const isLast = labels.le === '+Inf'
    if (
      !isLast &&
      (next?.name !== name || next.value < value || Number(labels.le) >= toNumber(next.labels.le))
    )
      throw new Error(`buckets do not ascend: ${name} ${labels.le}`)
    if (isLast && samples[index + 2]?.value !== value) throw new Error(`does not add up: ${name}`)
  }
}

const toNumber = (le: string | undefined): number => (le === '+Inf' ? Number.POSITIVE_INFINITY : Number(le))

const sameLabels = (a: Record<string, string>, b: Record<string, string>): boolean =>
  Object.keys(a).length === Object.keys(b).length &&
  Object.entries(a).every(([name, value]) => b[name] === value)
