import { type Centroids, holdCentroids } from './centroids.ts'
import { createClustering } from './clustering.ts'
import type { Quantized } from './quantize.ts'
import type { ScanMemory } from './scan-memory.ts'

/** A vector is compared with all middles of this many groups; the nearest is among them 90 to 98 times of 100. */
const GROUPS_SEARCHED = 6
const ROUNDS = 3

/** The middles of lists in groups of near ones, so that the nearest is found without a look at all. */
export interface CentroidGroups {
  /** Positions of each group's middles. */
  readonly members: readonly (readonly number[])[]
  /** The nearest middle, or mostly one that is hardly farther, and the group that it is in. */
  nearest(vector: Quantized): { position: number; group: number }
  /** Position of the nearest one of a group. */
  nearestIn(group: number, vector: Quantized): number
  release(): void
}

/** The same groups for the same middles, every time. */
export function groupCentroids(
  memory: ScanMemory,
  stride: number,
  centroids: readonly Quantized[]
): CentroidGroups {
  const leaders = holdCentroids(memory, stride, leadersOf(memory, stride, centroids))
  const members = Array.from({ length: leaders.count }, (): number[] => [])
  for (const [position, centroid] of centroids.entries())
    members[leaders.nearest(centroid).position]?.push(position)
  const groups = members.map((positions) =>
    holdCentroids(
      memory,
      stride,
      positions.flatMap((position) => centroids[position] ?? [])
    )
  )

  const nearestOf = (group: number, vector: Quantized): { position: number; score: number } => {
    const found = groups[group]?.nearest(vector)
    const position = found && members[group]?.[found.position]
    return found && position !== undefined
      ? { position, score: found.score }
      : { position: 0, score: Number.NEGATIVE_INFINITY }
  }

  return {
    members,
    nearest(vector) {
      const scores = leaders.scores(vector)
      let best = { position: 0, group: 0, score: Number.NEGATIVE_INFINITY }
      for (let searched = 0; searched < Math.min(GROUPS_SEARCHED, groups.length); searched++) {
        const group = indexOfHighest(scores)
        scores[group] = Number.NEGATIVE_INFINITY
        const found = nearestOf(group, vector)
        if (found.score > best.score) best = { ...found, group }
      }
      return best
    },
    nearestIn: (group, vector) => nearestOf(group, vector).position,
    release() {
      for (const held of [leaders, ...groups]) held.release()
    }
  }
}

/** As many as a group will have middles: comparing with all leaders and with a group then costs the same. */
function leadersOf(memory: ScanMemory, stride: number, centroids: readonly Quantized[]): Quantized[] {
  const clustering = createClustering(
    { count: centroids.length, at: (position) => centroids[position] },
    {
      clusters: Math.ceil(Math.sqrt(centroids.length)),
      stride,
      rounds: ROUNDS,
      hold: (middles): Centroids => holdCentroids(memory, stride, middles)
    }
  )
  for (;;) {
    const leaders = clustering.step()
    if (leaders) return leaders
  }
}

/** `bestFirst` takes longer where six of some sixty are wanted, and every vector that is sorted comes by here. */
function indexOfHighest(scores: Float32Array): number {
  let highest = 0
  for (let index = 1; index < scores.length; index++)
    if ((scores[index] ?? 0) > (scores[highest] ?? 0)) highest = index
  return highest
}
