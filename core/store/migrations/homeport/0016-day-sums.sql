-- Which group a call is in, so that booking it does not look for it by nine texts.
ALTER TABLE ledger ADD COLUMN group_id INTEGER;
UPDATE ledger SET group_id = (
  SELECT id FROM ledger_groups g
  WHERE g.provider_id = coalesce(ledger.provider_id, '') AND g.provider_model = coalesce(ledger.provider_model, '')
    AND g.caller_kind = ledger.caller_kind AND g.caller_id = ledger.caller_id
    AND g.caller_name = coalesce(ledger.caller_name, '') AND g.feature = coalesce(ledger.feature, '')
    AND g.project = coalesce(ledger.project, '') AND g.status = ledger.status AND g.dialect = ledger.dialect);

-- The same sums by day since 1970, UTC. A local month is most of a month of these, and quarters of an hour at its ends.
CREATE TABLE ledger_day_sums (
  group_id            INTEGER NOT NULL REFERENCES ledger_groups (id),
  day                 INTEGER NOT NULL,
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
  PRIMARY KEY (group_id, day)
) STRICT, WITHOUT ROWID;

INSERT INTO ledger_day_sums
SELECT group_id, quarter / 96, sum(calls), sum(nano_usd), sum(unknown_price_calls), sum(on_device_calls),
  sum(on_device_ms), sum(input_tokens), sum(cache_read_tokens), sum(output_tokens), sum(saved_nano_usd),
  sum(prompt_cache_saved_nano_usd)
FROM ledger_sums GROUP BY group_id, quarter / 96;

DROP TRIGGER ledger_sums_booked;
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
DROP TRIGGER ledger_sums_corrected;
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
