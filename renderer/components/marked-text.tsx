interface MarkedTextProps {
  text: string
  /** Characters to mark: from, until. In order. */
  ranges: readonly (readonly [number, number])[]
}

/** A text with some of its words marked. */
export function MarkedText({ text, ranges }: MarkedTextProps) {
  return cutAtRanges(text, ranges).map(({ part, start, marked }) =>
    marked ? <mark key={start}>{part}</mark> : <span key={start}>{part}</span>
  )
}

interface Cut {
  part: string
  start: number
  marked: boolean
}

function cutAtRanges(text: string, ranges: MarkedTextProps['ranges']): Cut[] {
  const cuts: Cut[] = []
  let at = 0
  const cut = (until: number, marked: boolean): void => {
    if (until <= at) return
    cuts.push({ part: text.slice(at, until), start: at, marked })
    at = until
  }
  for (const [from, until] of ranges) {
    cut(from, false)
    cut(Math.min(until, text.length), true)
  }
  cut(text.length, false)
  return cuts
}
