-- Questions of kept answers, so that one asked in other words finds its answer. Gone with the answer.
CREATE TABLE cached_questions (
  key      TEXT PRIMARY KEY REFERENCES cached_answers (key) ON DELETE CASCADE,
  meaning  BLOB NOT NULL,  -- hash of the question's canonical form, and of all else in the request
  question TEXT NOT NULL,
  trace_id TEXT NOT NULL   -- of the call that was answered
) STRICT, WITHOUT ROWID;
CREATE INDEX cached_questions_by_meaning ON cached_questions (meaning);
