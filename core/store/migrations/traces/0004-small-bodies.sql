-- Small requests and answers, as they are: to look whether each is there already would cost more than to keep it again.
CREATE TABLE small_bodies (
  trace_id TEXT PRIMARY KEY REFERENCES traces (id) ON DELETE CASCADE,
  request  TEXT,                               -- null: it is large, or bodies were not recorded
  response TEXT
) STRICT, WITHOUT ROWID;
