-- What the client said of the call, what it used beside plain tokens, and what was booked before a correction.
ALTER TABLE ledger ADD COLUMN caller_name TEXT;            -- at the time
ALTER TABLE ledger ADD COLUMN feature TEXT;
ALTER TABLE ledger ADD COLUMN project TEXT;
ALTER TABLE ledger ADD COLUMN session TEXT;
ALTER TABLE ledger ADD COLUMN request_hash BLOB;           -- of a program's chat as it came; the same for a repeated one
ALTER TABLE ledger ADD COLUMN tier TEXT;
ALTER TABLE ledger ADD COLUMN input_audio INTEGER;
ALTER TABLE ledger ADD COLUMN input_audio_cache_read INTEGER;
ALTER TABLE ledger ADD COLUMN input_image INTEGER;
ALTER TABLE ledger ADD COLUMN output_audio INTEGER;
ALTER TABLE ledger ADD COLUMN output_image INTEGER;
ALTER TABLE ledger ADD COLUMN units TEXT;                  -- JSON: what is charged by the piece
-- what the vendor's own prompt cache took off the full rate, less what writing to it added; null where nobody knows
ALTER TABLE ledger ADD COLUMN prompt_cache_saved_nano_usd INTEGER;
-- null until the call was priced anew; then what stood in the columns of the same names at first
ALTER TABLE ledger ADD COLUMN booked_cost_kind TEXT CHECK (booked_cost_kind IN ('priced', 'free', 'unknown'));
ALTER TABLE ledger ADD COLUMN booked_nano_usd INTEGER;
ALTER TABLE ledger ADD COLUMN booked_price_source TEXT;
ALTER TABLE ledger ADD COLUMN corrected_at INTEGER;

CREATE INDEX ledger_by_session ON ledger (session, started_at) WHERE session IS NOT NULL;

-- Sums that are read by the month, kept by triggers: they agree with the calls at every moment, to the nano-dollar.
-- Calls that are alike in all that sums are asked by; '' where a call has none.
CREATE TABLE ledger_groups (
  id             INTEGER PRIMARY KEY,
  provider_id    TEXT NOT NULL,
  provider_model TEXT NOT NULL,
  caller_kind    TEXT NOT NULL,
  caller_id      TEXT NOT NULL,
  caller_name    TEXT NOT NULL,
  feature        TEXT NOT NULL,
  project        TEXT NOT NULL,
  status         TEXT NOT NULL,
  dialect        TEXT NOT NULL,
  UNIQUE (provider_id, provider_model, caller_kind, caller_id, caller_name, feature, project, status, dialect)
) STRICT;

-- By quarter of an hour since 1970: every local hour, day and month of today's time zones begins with one.
CREATE TABLE ledger_sums (
  group_id            INTEGER NOT NULL REFERENCES ledger_groups (id),
  quarter             INTEGER NOT NULL,
  calls               INTEGER NOT NULL,
  nano_usd            INTEGER NOT NULL,
  unknown_price_calls INTEGER NOT NULL,
  on_device_calls     INTEGER NOT NULL,
  on_device_ms        INTEGER NOT NULL,
  input_tokens        INTEGER NOT NULL,
  cache_read_tokens   INTEGER NOT NULL,
  output_tokens       INTEGER NOT NULL,
  saved_nano_usd      INTEGER NOT NULL,
  prompt_cache_saved_nano_usd INTEGER NOT NULL,
  PRIMARY KEY (group_id, quarter)
) STRICT, WITHOUT ROWID;

INSERT INTO ledger_groups (provider_id, provider_model, caller_kind, caller_id, caller_name, feature, project, status, dialect)
SELECT DISTINCT coalesce(provider_id, ''), coalesce(provider_model, ''), caller_kind, caller_id, '', '', '', status, dialect
FROM ledger;

INSERT INTO ledger_sums
SELECT g.id, l.started_at / 900000, count(*), coalesce(sum(l.cost_nano_usd), 0),
  -- an upstream that refused the call charged nothing for it: that is not a price we fail to know
  sum(l.cost_kind = 'unknown' AND NOT (l.status = 'error' AND l.input_total IS NULL)),
  sum(l.cost_kind = 'free' AND l.provider_id IS NOT NULL),
  sum(iif(l.cost_kind = 'free' AND l.provider_id IS NOT NULL, CAST(round(l.duration_ms) AS INTEGER), 0)),
  coalesce(sum(l.input_total), 0), coalesce(sum(l.input_cache_read), 0), coalesce(sum(l.output_total), 0),
  coalesce(sum(l.saved_nano_usd), 0), 0
FROM ledger l
JOIN ledger_groups g ON g.provider_id = coalesce(l.provider_id, '')
  AND g.provider_model = coalesce(l.provider_model, '') AND g.caller_kind = l.caller_kind AND g.caller_id = l.caller_id
  AND g.caller_name = '' AND g.feature = '' AND g.project = '' AND g.status = l.status AND g.dialect = l.dialect
GROUP BY g.id, l.started_at / 900000;

CREATE TRIGGER ledger_sums_booked AFTER INSERT ON ledger BEGIN
  INSERT INTO ledger_groups
    (provider_id, provider_model, caller_kind, caller_id, caller_name, feature, project, status, dialect)
  VALUES (coalesce(NEW.provider_id, ''), coalesce(NEW.provider_model, ''), NEW.caller_kind, NEW.caller_id,
    coalesce(NEW.caller_name, ''), coalesce(NEW.feature, ''), coalesce(NEW.project, ''), NEW.status, NEW.dialect)
  ON CONFLICT DO NOTHING;
  INSERT INTO ledger_sums
  SELECT id, NEW.started_at / 900000, 1, coalesce(NEW.cost_nano_usd, 0),
    NEW.cost_kind = 'unknown' AND NOT (NEW.status = 'error' AND NEW.input_total IS NULL),
    NEW.cost_kind = 'free' AND NEW.provider_id IS NOT NULL,
    iif(NEW.cost_kind = 'free' AND NEW.provider_id IS NOT NULL, CAST(round(NEW.duration_ms) AS INTEGER), 0),
    coalesce(NEW.input_total, 0), coalesce(NEW.input_cache_read, 0), coalesce(NEW.output_total, 0),
    coalesce(NEW.saved_nano_usd, 0), coalesce(NEW.prompt_cache_saved_nano_usd, 0)
  FROM ledger_groups
  WHERE provider_id = coalesce(NEW.provider_id, '') AND provider_model = coalesce(NEW.provider_model, '')
    AND caller_kind = NEW.caller_kind AND caller_id = NEW.caller_id AND caller_name = coalesce(NEW.caller_name, '')
    AND feature = coalesce(NEW.feature, '') AND project = coalesce(NEW.project, '') AND status = NEW.status
    AND dialect = NEW.dialect
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
  WHERE quarter = OLD.started_at / 900000 AND group_id = (
    SELECT id FROM ledger_groups
    WHERE provider_id = coalesce(OLD.provider_id, '') AND provider_model = coalesce(OLD.provider_model, '')
      AND caller_kind = OLD.caller_kind AND caller_id = OLD.caller_id AND caller_name = coalesce(OLD.caller_name, '')
      AND feature = coalesce(OLD.feature, '') AND project = coalesce(OLD.project, '') AND status = OLD.status
      AND dialect = OLD.dialect);
END;
