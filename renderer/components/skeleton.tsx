const widths = ['w-[72%]', 'w-[54%]', 'w-[64%]', 'w-[46%]', 'w-[58%]']

/** Rows of the height the real ones will have, so that nothing jumps when they come. */
export function SkeletonRows({ count, height = 34 }: { count: number; height?: number }) {
  return (
    <div role="status" aria-label="Loading">
      {Array.from({ length: count }, (_, row) => (
        // biome-ignore lint/suspicious/noArrayIndexKey: the rows are all the same
        <div key={row} className="flex items-center px-2" style={{ height }}>
          <span className={`pulse h-2.5 rounded-full bg-press ${widths[row % widths.length]}`} />
        </div>
      ))}
    </div>
  )
}
