-- null: no limit
ALTER TABLE app_keys ADD COLUMN requests_per_minute INTEGER;
ALTER TABLE app_keys ADD COLUMN tokens_per_minute INTEGER;
ALTER TABLE app_keys ADD COLUMN on_device_only INTEGER NOT NULL DEFAULT 0 CHECK (on_device_only IN (0, 1));

-- What came out of the cache cost nothing. What it would have cost is null where its price is unknown.
ALTER TABLE ledger ADD COLUMN cache TEXT CHECK (cache IN ('hit', 'miss'));
ALTER TABLE ledger ADD COLUMN saved_nano_usd INTEGER;
CREATE INDEX ledger_by_cache ON ledger (cache, saved_nano_usd) WHERE cache IS NOT NULL;

-- What models thought, and what their vendors sign of it, for clients whose dialect has no place for it.
CREATE TABLE reasoning_memory (
  anchor     TEXT PRIMARY KEY,                 -- hash of the app key and of a tool call, or of an answer's text
  thought    BLOB NOT NULL,                    -- JSON, zstd-compressed
  bytes      INTEGER NOT NULL AS (length(thought)) STORED,
  created_at INTEGER NOT NULL
) STRICT;
CREATE INDEX reasoning_memory_by_age ON reasoning_memory (created_at, bytes);
