ALTER TABLE app_keys ADD COLUMN limits TEXT NOT NULL DEFAULT '{}';

-- What vendors sign of their models' reasoning, for clients whose dialect has no place for it.
CREATE TABLE reasoning_memory (
  -- of a tool call, or of the text of an answer
  anchor TEXT PRIMARY KEY,
  parts TEXT NOT NULL,
  created_at INTEGER NOT NULL
) STRICT;
CREATE INDEX reasoning_memory_by_age ON reasoning_memory (created_at);
