-- Answers of the Responses API that clients refer back to.
CREATE TABLE responses (
  id TEXT PRIMARY KEY,
  app_key_id TEXT NOT NULL,
  previous_id TEXT,
  created_at INTEGER NOT NULL,
  -- put off for the whole conversation with each answer that goes on with it
  expires_at INTEGER NOT NULL,
  -- the response object, and the items that led to it; zstd-compressed
  response BLOB NOT NULL,
  input BLOB NOT NULL
) STRICT;
CREATE INDEX responses_by_expiry ON responses (expires_at);

-- Items that clients may name instead of repeating them.
CREATE TABLE response_items (
  id TEXT PRIMARY KEY,
  response_id TEXT NOT NULL REFERENCES responses (id) ON DELETE CASCADE
) STRICT, WITHOUT ROWID;
CREATE INDEX response_items_by_response ON response_items (response_id);
