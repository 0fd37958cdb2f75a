/** A value SQLite can bind or return here. Integers stay below 2^53. */
export type SqlValue = string | number | null | Uint8Array

/** A value to write. `zstd` is compressed where it is written, off the daemon's thread; `unzstd()` reads it as text. */
export type SqlParam = SqlValue | { zstd: string | Uint8Array }
