ALTER TABLE traces ADD COLUMN caller_id TEXT;         -- of the app key, or the part of the app; names change
-- What it was booked at, as Cost in JSON, where it was priced anew since.
ALTER TABLE traces ADD COLUMN booked_cost TEXT;

-- Lists are narrowed by all that costs are summed up by.
DROP INDEX traces_by_facet;
CREATE INDEX traces_by_facet ON traces
  (id, status, app, caller_id, model, provider_id, provider_model, dialect, feature, project, session, source, tags,
  duration_ms, cost_nano_usd);
