import { newTraceId } from '../lib/ids.ts'

/** Sorts before all ids of traces that began at a time (milliseconds UTC) or later: a UUIDv7 begins with its milliseconds. */
export const firstTraceIdOf = (time: number): string => Math.max(0, time).toString(16).padStart(12, '0')

/** When a trace began, in milliseconds UTC. */
export const timeOfTraceId = (id: string): number => Number.parseInt(id.slice(0, 12), 16)

/** A new id of a trace that began at a time (milliseconds UTC). */
export const newTraceIdAt = (time: number): string => firstTraceIdOf(time) + newTraceId().slice(12)
