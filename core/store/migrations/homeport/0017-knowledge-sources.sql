-- Folders that are searched. What was found in them stands in index files of their own, which can be made again.
CREATE TABLE knowledge_sources (
  id         TEXT PRIMARY KEY,
  name       TEXT NOT NULL,
  kind       TEXT NOT NULL,
  folder     TEXT NOT NULL UNIQUE,                -- full path
  excludes   TEXT NOT NULL,                       -- JSON
  paused     INTEGER NOT NULL,
  created_at INTEGER NOT NULL,
  index_file TEXT NOT NULL,                       -- JSON: the file that answers: its generation and embedder
  next_file  TEXT                                 -- JSON: the one that is being filled with another embedder
) STRICT;
