-- Models on their way to the models folder. What has arrived of one lies in its folder `.partial`.
CREATE TABLE downloads (
  id         TEXT PRIMARY KEY,
  repo       TEXT NOT NULL,
  file       TEXT NOT NULL,      -- of a split model, its first part
  revision   TEXT NOT NULL,
  commit_id  TEXT,               -- what the revision stood for when it began; null where the hub does not say
  state      TEXT NOT NULL CHECK (state IN ('queued', 'paused', 'done', 'failed')), -- 'queued' also while it runs
  problem    TEXT,
  model_id   TEXT,
  started_at INTEGER NOT NULL,
  UNIQUE (repo, file)
) STRICT;

-- What the hub said of each file when it was first asked. Bytes of another file are never added to those of this one.
CREATE TABLE download_files (
  download_id TEXT NOT NULL REFERENCES downloads (id) ON DELETE CASCADE,
  number      INTEGER NOT NULL,  -- from 1, as the parts are numbered
  size_bytes  INTEGER,
  sha256      TEXT,
  etag        TEXT,              -- of the server that has the bytes; null when it is not a strong one
  PRIMARY KEY (download_id, number)
) STRICT, WITHOUT ROWID;
