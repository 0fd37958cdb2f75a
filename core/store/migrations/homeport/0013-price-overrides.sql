-- Prices that the person set. They win over those that come with Homeport.
CREATE TABLE price_overrides (
  vendor     TEXT NOT NULL,
  model      TEXT NOT NULL,
  from_day   TEXT NOT NULL,      -- YYYY-MM-DD UTC, the first day it holds; '' when it always did
  until_day  TEXT,               -- the day it holds no more
  rates      TEXT NOT NULL,      -- JSON, nano-USD per million tokens
  units      TEXT NOT NULL,      -- JSON, nano-USD a piece
  set_on     TEXT NOT NULL,      -- YYYY-MM-DD UTC
  PRIMARY KEY (vendor, model, from_day)
) STRICT, WITHOUT ROWID;
