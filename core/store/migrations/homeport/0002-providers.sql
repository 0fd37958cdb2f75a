-- Model servers the person added. A provider's key is no part of this: it lies with the secrets.
CREATE TABLE providers (
  id         TEXT PRIMARY KEY,
  kind       TEXT NOT NULL,
  name       TEXT NOT NULL,
  base_url   TEXT NOT NULL,
  has_key    INTEGER NOT NULL CHECK (has_key IN (0, 1)),
  pricing    TEXT NOT NULL,               -- auto, free, unknown or a vendor's id
  models     TEXT NOT NULL,               -- model ids as a JSON array
  last_test  TEXT,                        -- {ok, at, message, latencyMs} as JSON
  created_at INTEGER NOT NULL
) STRICT;
