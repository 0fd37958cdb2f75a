CREATE TABLE budgets (
  id         TEXT PRIMARY KEY,
  -- name, scope, limit, period and what is done, as the contract has them
  definition TEXT NOT NULL,
  created_at INTEGER NOT NULL
) STRICT;

-- What the person was told of, so that they are told once a period.
CREATE TABLE budget_warnings (
  budget_id    TEXT NOT NULL REFERENCES budgets (id) ON DELETE CASCADE,
  period_start INTEGER NOT NULL,
  percent      INTEGER NOT NULL,
  PRIMARY KEY (budget_id, period_start, percent)
) STRICT, WITHOUT ROWID;
