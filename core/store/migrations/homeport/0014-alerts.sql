-- What is watched, and how it stands, so that a restart neither forgets an alert nor tells of it again.
CREATE TABLE alert_rules (
  id          TEXT PRIMARY KEY,
  definition  TEXT NOT NULL,                   -- as the contract has it, JSON
  state       TEXT NOT NULL,
  state_since INTEGER NOT NULL,
  value       REAL,                            -- measured last; null: nothing could be
  told_at     INTEGER,                         -- when the person was told last of what goes on; null: they were not
  calm_since  INTEGER                          -- since when what is measured no longer holds the state up
) STRICT;

-- What the person was told. Stays when its rule is deleted.
CREATE TABLE notices (
  id       TEXT PRIMARY KEY,                   -- UUIDv7: its order is the order of time
  at       INTEGER NOT NULL,
  rule_id  TEXT,
  kind     TEXT NOT NULL,
  state    TEXT NOT NULL,
  title    TEXT NOT NULL,
  text     TEXT NOT NULL,
  trace_id TEXT,
  steps    TEXT NOT NULL,                      -- JSON
  read_at  INTEGER
) STRICT;
CREATE INDEX notices_unread ON notices (id) WHERE read_at IS NULL;
