ALTER TABLE providers ADD COLUMN options TEXT NOT NULL DEFAULT '{}';
ALTER TABLE providers ADD COLUMN key_count INTEGER NOT NULL DEFAULT 0;
UPDATE providers SET key_count = has_key;

CREATE TABLE aliases (
  name TEXT PRIMARY KEY,
  -- strategy, targets and timeouts, as the contract has them
  definition TEXT NOT NULL,
  created_at INTEGER NOT NULL
) STRICT;
