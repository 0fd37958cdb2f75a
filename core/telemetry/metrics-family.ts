/** One line of a metric: its name may end in `_bucket`, `_sum` or `_count`. */
export interface Sample {
  suffix?: string
  labels: Readonly<Record<string, string>>
  /** As it is written. */
  value: string
}

/** A metric with all its series, in the words of Prometheus. */
export interface Family {
  name: string
  help: string
  type: 'counter' | 'gauge' | 'histogram'
  samples: Sample[]
}

/** A metric may have so many series: whoever names a new model with every call does not fill the memory. */
export const MAX_SERIES = 500
/** Stands for every label of those beyond. */
const OTHER = 'other'
const BETWEEN = '\u001f'

/** Series of values by what their labels say. */
class SeriesMap<V> {
  readonly #names: readonly string[]
  readonly #create: () => V
  readonly #series = new Map<string, { labels: Record<string, string>; value: V }>()

  constructor(names: readonly string[], create: () => V) {
    this.#names = names
    this.#create = create
  }

  /** The values stand in the order of the names. An empty one is no label. */
  of(values: readonly string[]): V {
    const key = values.join(BETWEEN)
    const found = this.#series.get(key) ?? (this.#series.size < MAX_SERIES ? null : this.#series.get(OTHER))
    if (found) return found.value
    const isBeyond = this.#series.size >= MAX_SERIES
    const labels = Object.fromEntries(
      this.#names.flatMap((name, index) => {
        const value = isBeyond ? OTHER : values[index]
        return value ? [[name, value]] : []
      })
    )
    const value = this.#create()
    this.#series.set(isBeyond ? OTHER : key, { labels, value })
    return value
  }

  all(): { labels: Record<string, string>; value: V }[] {
    return [...this.#series.values()]
  }
}

export interface MetricOptions {
  name: string
  help: string
  labels: readonly string[]
}

/** Only goes up, from zero when the daemon starts. */
export class Counter {
  readonly #options: MetricOptions & { write?: (sum: number) => string }
  readonly #series: SeriesMap<{ sum: number }>

  /** `write`: how a sum is written, where it is counted in another unit. */
  constructor(options: MetricOptions & { write?: (sum: number) => string }) {
    this.#options = options
    this.#series = new SeriesMap(options.labels, () => ({ sum: 0 }))
  }

  add(labels: readonly string[], by = 1): void {
    this.#series.of(labels).sum += by
  }

  family(): Family {
    const { name, help, write = String } = this.#options
    const samples = this.#series.all().map(({ labels, value }) => ({ labels, value: write(value.sum) }))
    return { name, help, type: 'counter', samples }
  }
}

interface Distribution {
  /** Of each bucket, and at last of all beyond. */
  counts: number[]
  sum: number
}

/** How often values were how large. */
export class Histogram {
  readonly #options: MetricOptions & { bounds: readonly number[] }
  readonly #series: SeriesMap<Distribution>

  /** `bounds`: the largest value of each bucket, ascending. */
  constructor(options: MetricOptions & { bounds: readonly number[] }) {
    this.#options = options
    const counts = Array<number>(options.bounds.length + 1).fill(0)
    this.#series = new SeriesMap(options.labels, () => ({ counts: [...counts], sum: 0 }))
  }

  observe(labels: readonly string[], value: number): void {
    this.#note(this.#series.of(labels), value)
  }

  /** Observes values that share their labels, for many that come quickly one after the other. */
  observer(labels: readonly string[]): (value: number) => void {
    const series = this.#series.of(labels)
    return (value) => this.#note(series, value)
  }

  family(): Family {
    const { name, help } = this.#options
    return {
      name,
      help,
      type: 'histogram',
      samples: this.#series.all().flatMap((series) => this.#samples(series))
    }
  }

  #note(series: Distribution, value: number): void {
    const { bounds } = this.#options
    let bucket = 0
    while (bucket < bounds.length && value > (bounds[bucket] ?? 0)) bucket++
    series.counts[bucket] = (series.counts[bucket] ?? 0) + 1
    series.sum += value
  }

  #samples({
    labels,
    value: { counts, sum }
  }: {
    labels: Record<string, string>
    value: Distribution
  }): Sample[] {
    let upTo = 0
    const buckets = counts.map((count, index): Sample => {
      upTo += count
      const le = String(this.#options.bounds[index] ?? '+Inf')
      return { suffix: '_bucket', labels: { ...labels, le }, value: String(upTo) }
    })
    return [
      ...buckets,
      { suffix: '_sum', labels, value: String(sum) },
      { suffix: '_count', labels, value: String(upTo) }
    ]
  }
}
