/** A value SQLite can bind or return here. Integers stay below 2^53. */
export type SqlValue = string | number | null | Uint8Array
