/**
 * How a target of an alias is picked among those that can take the request. `priority`: in order, the next one when the
 * one before fails. `capability`: the first that can do what the request needs. `rules`: the first whose rule fits.
 */
export const strategyNames = [
  'priority',
  'weighted',
  'round-robin',
  'least-busy',
  'lowest-latency',
  'lowest-cost',
  'capability',
  'rules'
] as const
