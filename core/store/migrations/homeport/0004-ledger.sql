-- One row a call, whatever became of it. Token counts are null where the upstream reported none; money is nano-USD.
CREATE TABLE ledger (
  trace_id             TEXT PRIMARY KEY,
  started_at           INTEGER NOT NULL,
  caller_kind          TEXT NOT NULL CHECK (caller_kind IN ('app-key', 'app')),
  caller_id            TEXT NOT NULL,
  dialect              TEXT NOT NULL,
  stream               INTEGER NOT NULL,
  model                TEXT NOT NULL,          -- as asked for
  provider_id          TEXT,                   -- null: the call never reached one
  provider_model       TEXT,                   -- the model's id there
  served_model         TEXT,                   -- the model the upstream says it used
  status               TEXT NOT NULL CHECK (status IN ('ok', 'error', 'aborted', 'cut')),
  input_total          INTEGER,
  input_no_cache       INTEGER,
  input_cache_read     INTEGER,
  input_cache_write_5m INTEGER,
  input_cache_write_1h INTEGER,
  output_total         INTEGER,
  output_text          INTEGER,
  output_reasoning     INTEGER,
  cost_kind            TEXT NOT NULL CHECK (cost_kind IN ('priced', 'free', 'unknown')),
  cost_nano_usd        INTEGER,
  price_source         TEXT,
  duration_ms          REAL NOT NULL,
  first_token_ms       REAL,
  CHECK ((cost_kind = 'priced') = (cost_nano_usd IS NOT NULL))
) STRICT;
-- holds all that the sums over a period read
CREATE INDEX ledger_by_time ON ledger (started_at, status, cost_kind, cost_nano_usd, input_total);
