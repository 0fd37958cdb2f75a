import type { Ranked } from './ranking.ts'

/** Half of a question's words are as much of a sign as this nearness, seen from the middle of all vectors. */
const SHARE = 0.5
const NEARNESS = 0.6
/** So much of both together. Questions on something else rarely find a passage with more (docs/retrieval.md). */
const ENOUGH = 1.05
/** Where nothing is known of meaning. */
const SHARE_ALONE = 1 / 3

/** Whether a passage says enough of what is asked for, by words and by meaning. */
export const isNearEnough = ({ share, nearness }: Pick<Ranked, 'share' | 'nearness'>): boolean =>
  nearness === null ? share >= SHARE_ALONE : share / SHARE + Math.max(0, nearness) / NEARNESS >= ENOUGH
