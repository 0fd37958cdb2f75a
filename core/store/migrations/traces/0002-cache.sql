-- Answers kept to be given again. Lost with the traces, and no harm done.
CREATE TABLE cached_answers (
  key        TEXT PRIMARY KEY,                 -- hash of the app key and of all that the answer depends on
  created_at INTEGER NOT NULL,
  used_at    INTEGER NOT NULL,
  answer     BLOB NOT NULL,                    -- JSON, zstd-compressed
  bytes      INTEGER NOT NULL AS (length(answer)) STORED
) STRICT;
CREATE INDEX cached_answers_by_age ON cached_answers (created_at);
CREATE INDEX cached_answers_by_use ON cached_answers (used_at, bytes);
