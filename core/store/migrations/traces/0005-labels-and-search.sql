ALTER TABLE traces ADD COLUMN feature TEXT;
ALTER TABLE traces ADD COLUMN project TEXT;
ALTER TABLE traces ADD COLUMN session TEXT;
ALTER TABLE traces ADD COLUMN tags TEXT;              -- string[] as JSON; null: none
ALTER TABLE traces ADD COLUMN score REAL;             -- -1 to 1; null: nobody said
ALTER TABLE traces ADD COLUMN comment TEXT;
ALTER TABLE traces ADD COLUMN source TEXT NOT NULL DEFAULT 'gateway';
-- W3C trace context: what other programs call the whole that this is a part of, and the span of theirs that it is under.
ALTER TABLE traces ADD COLUMN otel_trace_id TEXT;
ALTER TABLE traces ADD COLUMN otel_parent_id TEXT;
ALTER TABLE traces ADD COLUMN cost_nano_usd INTEGER AS (json_extract(cost, '$.nanoUsd')) VIRTUAL;
ALTER TABLE spans ADD COLUMN attributes TEXT;         -- what another program said of it, as JSON

-- All that lists are narrowed by. Rows are wide and this is not, and it grows only at its end.
CREATE INDEX traces_by_facet ON traces
  (id, status, app, model, provider_id, feature, project, session, source, tags, duration_ms, cost_nano_usd);
DROP INDEX traces_by_status;
CREATE INDEX traces_by_otel_trace ON traces (otel_trace_id) WHERE otel_trace_id IS NOT NULL;

-- Bodies are cleared away by age and, those used longest ago first, by size.
DROP INDEX bodies_by_use;
CREATE INDEX bodies_by_use ON bodies (used_at, length(data));

-- Words of prompts and answers. A trace waits in the queue until what it brought is in the index.
CREATE TABLE search_queue (
  trace_id TEXT PRIMARY KEY REFERENCES traces (id) ON DELETE CASCADE
) STRICT, WITHOUT ROWID;
CREATE TABLE search_documents (
  id       INTEGER PRIMARY KEY,
  trace_id TEXT NOT NULL REFERENCES traces (id) ON DELETE CASCADE
) STRICT;
CREATE INDEX search_documents_by_trace ON search_documents (trace_id);
-- Texts that are in the index: a chat sends them again with every turn.
CREATE TABLE search_texts (
  hash        BLOB PRIMARY KEY,
  document_id INTEGER NOT NULL REFERENCES search_documents (id) ON DELETE CASCADE
) STRICT, WITHOUT ROWID;
CREATE INDEX search_texts_by_document ON search_texts (document_id);
CREATE VIRTUAL TABLE search_words USING fts5 (
  text, content = '', contentless_delete = 1, detail = none, tokenize = 'unicode61 remove_diacritics 2'
);
CREATE TRIGGER search_words_go_with_document AFTER DELETE ON search_documents BEGIN
  DELETE FROM search_words WHERE rowid = old.id;
END;

CREATE TABLE trace_views (
  position INTEGER PRIMARY KEY,
  name     TEXT NOT NULL UNIQUE,
  query    TEXT NOT NULL                              -- filters as JSON
) STRICT;
