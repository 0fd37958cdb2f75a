/** What sums of costs can be asked by. */
export const costDimensions = [
  'model',
  'provider',
  'app',
  'feature',
  'project',
  'session',
  'status',
  'dialect',
  'day'
] as const
