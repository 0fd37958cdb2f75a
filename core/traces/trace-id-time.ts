/** Sorts before all ids of traces that began at a time (milliseconds UTC) or later: a UUIDv7 begins with its milliseconds. */
export const firstTraceIdOf = (time: number): string => time.toString(16).padStart(12, '0')
