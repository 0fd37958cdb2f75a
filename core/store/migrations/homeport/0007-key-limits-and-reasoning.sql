-- null: no limit
ALTER TABLE app_keys ADD COLUMN requests_per_minute INTEGER;
ALTER TABLE app_keys ADD COLUMN tokens_per_minute INTEGER;
ALTER TABLE app_keys ADD COLUMN on_device_only INTEGER NOT NULL DEFAULT 0 CHECK (on_device_only IN (0, 1));

-- What vendors sign of their models' reasoning, for clients whose dialect has no place for it.
CREATE TABLE reasoning_memory (
  -- of a tool call, or of the text of an answer
  anchor TEXT PRIMARY KEY,
  parts TEXT NOT NULL,
  created_at INTEGER NOT NULL
) STRICT;
CREATE INDEX reasoning_memory_by_age ON reasoning_memory (created_at);
