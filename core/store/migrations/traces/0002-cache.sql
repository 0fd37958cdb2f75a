-- Answers kept to be given again. Lost with the traces, and no harm done.
CREATE TABLE cached_answers (
  key TEXT PRIMARY KEY,
  app_key_id TEXT NOT NULL,
  created_at INTEGER NOT NULL,
  expires_at INTEGER NOT NULL,
  used_at INTEGER NOT NULL,
  bytes INTEGER NOT NULL,
  -- zstd-compressed
  answer BLOB NOT NULL
) STRICT;
CREATE INDEX cached_answers_by_expiry ON cached_answers (expires_at);
CREATE INDEX cached_answers_by_use ON cached_answers (used_at);
