-- One row a trace, with its stages packed as JSON: a row for each would triple the cost of recording.
-- Ids are UUIDv7, so their order is the order of time.
CREATE TABLE traces (
  id              TEXT PRIMARY KEY,
  started_at      INTEGER NOT NULL,
  duration_ms     REAL NOT NULL,
  first_token_ms  REAL,
  status          TEXT NOT NULL,
  app             TEXT NOT NULL,
  dialect         TEXT NOT NULL,
  model           TEXT NOT NULL,
  provider_id     TEXT,
  title           TEXT NOT NULL,
  usage           TEXT,                        -- Usage as JSON
  cost            TEXT NOT NULL,               -- Cost as JSON
  stream          INTEGER NOT NULL,
  error_message   TEXT,
  chat_id         TEXT,
  stages          TEXT NOT NULL,               -- Span[] as JSON, those of kind `stage`
  warnings        TEXT NOT NULL,               -- string[] as JSON
  request_sha256  BLOB,                        -- null: bodies were not recorded
  response_sha256 BLOB
) STRICT;
CREATE INDEX traces_by_status ON traces (status, id);

-- Attempts at a provider: searched and summed across traces, hence rows of their own. Times are microseconds.
CREATE TABLE spans (
  trace_id       TEXT NOT NULL REFERENCES traces (id) ON DELETE CASCADE,
  id             TEXT NOT NULL,
  parent_id      TEXT,
  name           TEXT NOT NULL,
  kind           TEXT NOT NULL,
  start_us       INTEGER NOT NULL,
  duration_us    INTEGER NOT NULL,
  status         TEXT NOT NULL,
  note           TEXT,
  first_token_us INTEGER,
  PRIMARY KEY (trace_id, id)
) STRICT, WITHOUT ROWID;

-- Requests and answers: each distinct one is kept once, zstd-compressed where that pays, apart from the rows that lists read.
CREATE TABLE bodies (
  id      INTEGER PRIMARY KEY,
  sha256  BLOB NOT NULL UNIQUE,
  used_at INTEGER NOT NULL,                    -- when a trace last had it
  zstd    INTEGER NOT NULL,                    -- 1: data is compressed, 0: data is the body itself
  data    ANY NOT NULL
) STRICT;
CREATE INDEX bodies_by_use ON bodies (used_at);
