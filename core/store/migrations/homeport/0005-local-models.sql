-- GGUF files on this machine, and what the check of each one found. A row is right as long as size and time of the file
-- are the same; then the file is not read again.
CREATE TABLE local_models (
  id                   TEXT PRIMARY KEY,        -- after 'on-device/'
  path                 TEXT NOT NULL UNIQUE,    -- of a split model, its first part
  origin               TEXT NOT NULL CHECK (origin IN ('folder', 'added')),
  size_bytes           INTEGER NOT NULL,        -- all parts together
  modified_at          INTEGER NOT NULL,        -- of the newest part
  name                 TEXT NOT NULL,
  architecture         TEXT,
  parameters           INTEGER,
  quantization         TEXT,
  context_tokens       INTEGER,
  chat_template_sha256 TEXT,                    -- null: the model has no chat template
  problem              TEXT                     -- why it cannot be used; null: it can
) STRICT;
