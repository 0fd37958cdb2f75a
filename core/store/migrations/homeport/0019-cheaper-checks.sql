-- The same table with its checks in a form that costs nothing: for a list of more than two values SQLite fills a table of its
-- own at every insert, and three of those took a quarter of what booking a call did.
CREATE TABLE new_ledger (
  trace_id             TEXT PRIMARY KEY,
  started_at           INTEGER NOT NULL,
  caller_kind          TEXT NOT NULL CHECK (caller_kind = 'app-key' OR caller_kind = 'app'),
  caller_id            TEXT NOT NULL,
  caller_name          TEXT,                   -- at the time
  feature              TEXT,
  project              TEXT,
  session              TEXT,
  dialect              TEXT NOT NULL,
  stream               INTEGER NOT NULL,
  model                TEXT NOT NULL,          -- as asked for
  request_hash         BLOB,                   -- of a program's chat as it came; the same for a repeated one
  provider_id          TEXT,                   -- null: the call never reached one
  provider_model       TEXT,                   -- the model's id there
  served_model         TEXT,                   -- the model the upstream says it used
  status               TEXT NOT NULL CHECK (status = 'ok' OR status = 'error' OR status = 'aborted' OR status = 'cut'),
  input_total          INTEGER,
  input_no_cache       INTEGER,
  input_cache_read     INTEGER,
  input_cache_write_5m INTEGER,
  input_cache_write_1h INTEGER,
  input_audio          INTEGER,
  input_audio_cache_read INTEGER,
  input_image          INTEGER,
  output_total         INTEGER,
  output_text          INTEGER,
  output_reasoning     INTEGER,
  output_audio         INTEGER,
  output_image         INTEGER,
  tier                 TEXT,
  units                TEXT,                   -- JSON: what is charged by the piece
  cost_kind            TEXT NOT NULL CHECK (cost_kind = 'priced' OR cost_kind = 'free' OR cost_kind = 'unknown'),
  cost_nano_usd        INTEGER,
  price_source         TEXT,
  -- what the vendor's own prompt cache took off the full rate, less what writing to it added; null where nobody knows
  prompt_cache_saved_nano_usd INTEGER,
  -- what came out of the cache cost nothing; what it would have cost is null where its price is unknown
  cache                TEXT CHECK (cache = 'hit' OR cache = 'miss'),
  saved_nano_usd       INTEGER,
  duration_ms          REAL NOT NULL,
  first_token_ms       REAL,
  group_id             INTEGER,                -- so that booking does not look for it by nine texts
  -- null until the call was priced anew; then what stood in the columns of the same names at first
  booked_cost_kind     TEXT
    CHECK (booked_cost_kind = 'priced' OR booked_cost_kind = 'free' OR booked_cost_kind = 'unknown'),
  booked_nano_usd      INTEGER,
  booked_price_source  TEXT,
  corrected_at         INTEGER,
  CHECK ((cost_kind = 'priced') = (cost_nano_usd IS NOT NULL))
) STRICT;

INSERT INTO new_ledger (
  trace_id, started_at, caller_kind, caller_id, caller_name, feature, project, session, dialect, stream, model,
  request_hash, provider_id, provider_model, served_model, status, input_total, input_no_cache, input_cache_read,
  input_cache_write_5m, input_cache_write_1h, input_audio, input_audio_cache_read, input_image, output_total,
  output_text, output_reasoning, output_audio, output_image, tier, units, cost_kind, cost_nano_usd, price_source,
  prompt_cache_saved_nano_usd, cache, saved_nano_usd, duration_ms, first_token_ms, group_id, booked_cost_kind,
  booked_nano_usd, booked_price_source, corrected_at)
SELECT
  trace_id, started_at, caller_kind, caller_id, caller_name, feature, project, session, dialect, stream, model,
  request_hash, provider_id, provider_model, served_model, status, input_total, input_no_cache, input_cache_read,
  input_cache_write_5m, input_cache_write_1h, input_audio, input_audio_cache_read, input_image, output_total,
  output_text, output_reasoning, output_audio, output_image, tier, units, cost_kind, cost_nano_usd, price_source,
  prompt_cache_saved_nano_usd, cache, saved_nano_usd, duration_ms, first_token_ms, group_id, booked_cost_kind,
  booked_nano_usd, booked_price_source, corrected_at
FROM ledger ORDER BY rowid;

DROP TABLE ledger;
ALTER TABLE new_ledger RENAME TO ledger;

-- holds all that the sums over a period read
CREATE INDEX ledger_by_time ON ledger (started_at, status, cost_kind, cost_nano_usd, input_total);
CREATE INDEX ledger_by_cache ON ledger (cache, saved_nano_usd) WHERE cache IS NOT NULL;
CREATE INDEX ledger_by_session ON ledger (session, started_at) WHERE session IS NOT NULL;

CREATE TRIGGER ledger_sums_booked AFTER INSERT ON ledger BEGIN
  INSERT INTO ledger_sums VALUES (NEW.group_id, NEW.started_at / 900000, 1, coalesce(NEW.cost_nano_usd, 0),
    -- an upstream that refused the call charged nothing for it: that is not a price we fail to know
    NEW.cost_kind = 'unknown' AND NOT (NEW.status = 'error' AND NEW.input_total IS NULL),
    NEW.cost_kind = 'free' AND NEW.provider_id IS NOT NULL,
    iif(NEW.cost_kind = 'free' AND NEW.provider_id IS NOT NULL, CAST(round(NEW.duration_ms) AS INTEGER), 0),
    coalesce(NEW.input_total, 0), coalesce(NEW.input_cache_read, 0), coalesce(NEW.output_total, 0),
    coalesce(NEW.saved_nano_usd, 0), coalesce(NEW.prompt_cache_saved_nano_usd, 0))
  ON CONFLICT (group_id, quarter) DO UPDATE SET
    calls = calls + 1,
    nano_usd = nano_usd + excluded.nano_usd,
    unknown_price_calls = unknown_price_calls + excluded.unknown_price_calls,
    on_device_calls = on_device_calls + excluded.on_device_calls,
    on_device_ms = on_device_ms + excluded.on_device_ms,
    input_tokens = input_tokens + excluded.input_tokens,
    cache_read_tokens = cache_read_tokens + excluded.cache_read_tokens,
    output_tokens = output_tokens + excluded.output_tokens,
    saved_nano_usd = saved_nano_usd + excluded.saved_nano_usd,
    prompt_cache_saved_nano_usd = prompt_cache_saved_nano_usd + excluded.prompt_cache_saved_nano_usd;
  INSERT INTO ledger_day_sums VALUES (NEW.group_id, NEW.started_at / 86400000, 1, coalesce(NEW.cost_nano_usd, 0),
    NEW.cost_kind = 'unknown' AND NOT (NEW.status = 'error' AND NEW.input_total IS NULL),
    NEW.cost_kind = 'free' AND NEW.provider_id IS NOT NULL,
    iif(NEW.cost_kind = 'free' AND NEW.provider_id IS NOT NULL, CAST(round(NEW.duration_ms) AS INTEGER), 0),
    coalesce(NEW.input_total, 0), coalesce(NEW.input_cache_read, 0), coalesce(NEW.output_total, 0),
    coalesce(NEW.saved_nano_usd, 0), coalesce(NEW.prompt_cache_saved_nano_usd, 0))
  ON CONFLICT (group_id, day) DO UPDATE SET
    calls = calls + 1,
    nano_usd = nano_usd + excluded.nano_usd,
    unknown_price_calls = unknown_price_calls + excluded.unknown_price_calls,
    on_device_calls = on_device_calls + excluded.on_device_calls,
    on_device_ms = on_device_ms + excluded.on_device_ms,
    input_tokens = input_tokens + excluded.input_tokens,
    cache_read_tokens = cache_read_tokens + excluded.cache_read_tokens,
    output_tokens = output_tokens + excluded.output_tokens,
    saved_nano_usd = saved_nano_usd + excluded.saved_nano_usd,
    prompt_cache_saved_nano_usd = prompt_cache_saved_nano_usd + excluded.prompt_cache_saved_nano_usd;
END;

-- A correction changes what a call cost and nothing else. A free call stays free.
CREATE TRIGGER ledger_sums_corrected AFTER UPDATE OF cost_kind, cost_nano_usd, prompt_cache_saved_nano_usd ON ledger
BEGIN
  UPDATE ledger_sums SET
    nano_usd = nano_usd + coalesce(NEW.cost_nano_usd, 0) - coalesce(OLD.cost_nano_usd, 0),
    unknown_price_calls = unknown_price_calls
      + (NEW.cost_kind = 'unknown' AND NOT (NEW.status = 'error' AND NEW.input_total IS NULL))
      - (OLD.cost_kind = 'unknown' AND NOT (OLD.status = 'error' AND OLD.input_total IS NULL)),
    prompt_cache_saved_nano_usd = prompt_cache_saved_nano_usd
      + coalesce(NEW.prompt_cache_saved_nano_usd, 0) - coalesce(OLD.prompt_cache_saved_nano_usd, 0)
  WHERE group_id = OLD.group_id AND quarter = OLD.started_at / 900000;
  UPDATE ledger_day_sums SET
    nano_usd = nano_usd + coalesce(NEW.cost_nano_usd, 0) - coalesce(OLD.cost_nano_usd, 0),
    unknown_price_calls = unknown_price_calls
      + (NEW.cost_kind = 'unknown' AND NOT (NEW.status = 'error' AND NEW.input_total IS NULL))
      - (OLD.cost_kind = 'unknown' AND NOT (OLD.status = 'error' AND OLD.input_total IS NULL)),
    prompt_cache_saved_nano_usd = prompt_cache_saved_nano_usd
      + coalesce(NEW.prompt_cache_saved_nano_usd, 0) - coalesce(OLD.prompt_cache_saved_nano_usd, 0)
  WHERE group_id = OLD.group_id AND day = OLD.started_at / 86400000;
END;
