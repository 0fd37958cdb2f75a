-- One row a setting the person changed; what is not here has its default. The value is JSON.
CREATE TABLE settings (
  name  TEXT PRIMARY KEY,
  value TEXT NOT NULL
) STRICT;

-- Keys of programs. Only the SHA-256 of a key is kept.
CREATE TABLE app_keys (
  id           TEXT PRIMARY KEY,
  name         TEXT NOT NULL,
  prefix       TEXT NOT NULL,
  digest       BLOB NOT NULL UNIQUE CHECK (length(digest) = 32),
  created_at   INTEGER NOT NULL,
  last_used_at INTEGER,
  revoked_at   INTEGER
) STRICT;
