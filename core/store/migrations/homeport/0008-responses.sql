-- Answers of the Responses API that clients refer back to.
CREATE TABLE responses (
  id TEXT PRIMARY KEY,
  app_key_id TEXT NOT NULL,
  previous_id TEXT,
  created_at INTEGER NOT NULL,
  -- the response object as it was sent, and the items that led to it
  response TEXT NOT NULL,
  input TEXT NOT NULL
) STRICT;
CREATE INDEX responses_by_age ON responses (created_at);
