import { classNames } from './class-names.ts'

interface ProgressBarProps {
  label: string
  /** 0 to 1; null while nobody knows. */
  value: number | null
  /** What screen readers say in place of a bare percentage. */
  words?: string
  /** It stands still: paused, or failed. */
  still?: boolean
}

/** How far something is. */
export function ProgressBar({ label, value, words, still = false }: ProgressBarProps) {
  const percent = value === null ? null : Math.round(Math.min(Math.max(value, 0), 1) * 100)
  return (
    <div
      role="progressbar"
      aria-label={label}
      aria-valuemin={0}
      aria-valuemax={100}
      aria-valuenow={percent ?? undefined}
      aria-valuetext={words}
      className="h-1.5 w-full overflow-hidden rounded-full bg-press"
    >
      <div
        className={classNames(
          'h-full rounded-full transition-[width] duration-300 ease-linear motion-reduce:transition-none',
          percent === null ? 'pulse bg-line-strong' : still ? 'bg-text-3' : 'bg-accent'
        )}
        style={{ width: `${percent ?? 100}%` }}
      />
    </div>
  )
}
