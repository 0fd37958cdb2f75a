import { type KeyboardEvent, useEffect, useRef, useState } from 'react'
import type { CostSeries, CostSeriesQuery, Forecast } from '../../../core/contract/costs.ts'
import { formatUsd } from '../../components/format/money.ts'
import { longBucket, shortBucket } from './bucket-words.ts'
import { colourOf } from './series-colours.ts'
import { axisMarks, type Column, labelEvery, stack } from './stacked-bars.ts'

const HEIGHT = 232
const FOOT = 26
const GUTTER = 56
const TOP = 8

interface SpendChartProps {
  data: CostSeries
  bucket: CostSeriesQuery['bucket']
  /** Of the days that are not over; empty where the picture shows something else than they are about. */
  forecast: Forecast['days']
}

/** Spending over time as piled columns, with what is expected in dashes. Arrow keys go through the columns, as the pointer does. */
export function SpendChart({ data, bucket, forecast }: SpendChartProps) {
  const { box, width } = useWidth()
  const [shown, setShown] = useState<number | null>(null)
  const columns = stack(data, forecast)
  const most = Math.max(0, ...columns.map(({ total, expected }) => total + expected))
  const marks = axisMarks(most)
  const top = marks.at(-1) || 1
  const plot = Math.max(1, width - GUTTER)
  const band = plot / Math.max(1, columns.length)
  const y = (nanoUsd: number): number => TOP + (HEIGHT - FOOT - TOP) * (1 - nanoUsd / top)
  const every = labelEvery(columns.length, plot, bucket === 'hour' ? 48 : 34)
  const column = shown === null ? undefined : columns[shown]

  const onKeyDown = (event: KeyboardEvent): void => {
    const last = columns.length - 1
    const now = shown ?? last
    const next = { ArrowLeft: now - 1, ArrowRight: now + 1, Home: 0, End: last }[event.key]
    if (next === undefined) return
    event.preventDefault()
    setShown(Math.min(Math.max(next, 0), last))
  }
  return (
    <div
      ref={box}
      role="slider"
      tabIndex={0}
      aria-label="Spend over time"
      aria-valuemin={1}
      aria-valuemax={columns.length}
      aria-valuenow={(shown ?? columns.length - 1) + 1}
      aria-valuetext={columnWords(column ?? columns.at(-1), data, bucket)}
      onKeyDown={onKeyDown}
      onFocus={() => setShown((now) => now ?? columns.length - 1)}
      onBlur={() => setShown(null)}
      onPointerMove={(event) => {
        const x = event.clientX - event.currentTarget.getBoundingClientRect().left - GUTTER
        const index = Math.floor(x / band)
        setShown(index >= 0 && index < columns.length ? index : null)
      }}
      onPointerLeave={() => setShown(null)}
      className="relative rounded-md"
      style={{ height: HEIGHT }}
    >
      <svg width={width} height={HEIGHT} aria-hidden className="block overflow-visible">
        {marks.map((mark) => (
          <g key={mark}>
            <line x1={GUTTER} x2={width} y1={y(mark)} y2={y(mark)} className="stroke-line" />
            <text x={GUTTER - 8} y={y(mark) + 4} textAnchor="end" className="fill-text-3 text-xs">
              {mark === 0 ? '$0' : formatUsd(mark)}
            </text>
          </g>
        ))}
        {columns.map(({ at, total, pieces, expected }, index) => {
          const middle = GUTTER + band * (index + 0.5)
          const thick = Math.min(34, Math.max(2, band * 0.7))
          return (
            <g key={at} opacity={shown === null || shown === index ? 1 : 0.45}>
              {pieces.map(({ series, from, to }) => (
                <rect
                  key={series}
                  x={middle - thick / 2}
                  y={y(to)}
                  width={thick}
                  // a hairline of ground keeps pieces apart, as long as there is something of them
                  height={Math.max(0.75, y(from) - y(to) - 1)}
                  rx={Math.min(2, thick / 4)}
                  className={colourOf(data.series[series], series).fill}
                />
              ))}
              {expected > 0 && (
                <rect
                  x={middle - thick / 2 + 0.5}
                  y={y(total + expected)}
                  width={thick - 1}
                  height={Math.max(1, y(total) - y(total + expected) - 1)}
                  strokeDasharray="3 3"
                  className="fill-none stroke-text-3"
                />
              )}
              {index % every === 0 && (
                <text x={middle} y={HEIGHT - 6} textAnchor="middle" className="fill-text-3 text-xs">
                  {shortBucket(at, bucket)}
                </text>
              )}
            </g>
          )
        })}
      </svg>
      {most === 0 && (
        <p
          aria-hidden
          className="pointer-events-none absolute inset-0 grid place-items-center text-s text-text-3"
          style={{ paddingLeft: GUTTER, paddingBottom: FOOT }}
        >
          Nothing spent in this time
        </p>
      )}
      {column && shown !== null && (
        <ColumnValues
          column={column}
          data={data}
          bucket={bucket}
          left={GUTTER + band * (shown + 0.5)}
          width={width}
        />
      )}
    </div>
  )
}

interface ColumnValuesProps extends Omit<SpendChartProps, 'forecast'> {
  column: Column
  /** The column's middle, and how wide all is, in pixels. */
  left: number
  width: number
}

function ColumnValues({ column, data, bucket, left, width }: ColumnValuesProps) {
  const onRight = left < width / 2
  return (
    <div
      aria-hidden
      className="float pointer-events-none absolute top-1 z-10 min-w-44 rounded-md px-3 py-2 text-s"
      style={onRight ? { left: left + 22 } : { right: width - left + 22 }}
    >
      <div className="flex justify-between gap-6 pb-1 font-medium">
        <span>{longBucket(column.at, bucket)}</span>
        {(column.total > 0 || column.expected === 0) && <span>{formatUsd(column.total)}</span>}
      </div>
      {column.pieces.toReversed().map(({ series, from, to }) => (
        <div key={series} className="flex items-center gap-2 text-text-2">
          <span className={`size-2 rounded-[2px] ${colourOf(data.series[series], series).ground}`} />
          <span className="max-w-52 min-w-0 flex-1 truncate">{data.series[series]?.label}</span>
          <span className="pl-4">{formatUsd(to - from)}</span>
        </div>
      ))}
      {column.expected > 0 ? (
        <div className="flex justify-between gap-6 text-text-3">
          <span>{column.total > 0 ? 'Still expected' : 'Expected'}</span>
          <span>{formatUsd(column.expected)}</span>
        </div>
      ) : (
        column.pieces.length === 0 && <span className="text-text-3">Nothing spent</span>
      )}
    </div>
  )
}

function columnWords(
  column: Column | undefined,
  data: CostSeries,
  bucket: SpendChartProps['bucket']
): string {
  if (!column) return 'nothing'
  const parts = column.pieces.map(
    ({ series, from, to }) => `${data.series[series]?.label ?? ''} ${formatUsd(to - from)}`
  )
  const expected = column.expected > 0 ? [`${formatUsd(column.expected)} expected`] : []
  return [`${longBucket(column.at, bucket)}: ${formatUsd(column.total)}`, ...parts, ...expected].join(', ')
}

/** How wide the element is, in pixels, while it is there. */
function useWidth() {
  const box = useRef<HTMLDivElement>(null)
  const [width, setWidth] = useState(0)
  useEffect(() => {
    if (!box.current) return
    const observer = new ResizeObserver(([entry]) => setWidth(entry?.contentRect.width ?? 0))
    observer.observe(box.current)
    return () => observer.disconnect()
  }, [])
  return { box, width }
}
