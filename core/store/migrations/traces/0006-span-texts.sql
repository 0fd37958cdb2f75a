-- Prompts, answers and documents in spans of other programs: apart from the spans, because they are cleared away sooner.
CREATE TABLE span_texts (
  trace_id TEXT NOT NULL REFERENCES traces (id) ON DELETE CASCADE,
  span_id  TEXT NOT NULL,
  texts    ANY NOT NULL,                       -- JSON by attribute; zstd-compressed where it is a blob
  PRIMARY KEY (trace_id, span_id)
) STRICT, WITHOUT ROWID;
