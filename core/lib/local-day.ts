/** Midnight of the person's own day that holds a time; both in milliseconds UTC. */
export function startOfLocalDay(time: number): number {
  return new Date(time).setHours(0, 0, 0, 0)
}
