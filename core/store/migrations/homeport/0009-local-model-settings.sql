-- More is known of each model, and other programs' models are found, too. Files are read again for it: what is not of a
-- file is carried over, and no file is as old as 0.
ALTER TABLE local_models RENAME TO local_models_before;
CREATE TABLE local_models (
  id                   TEXT PRIMARY KEY,        -- after 'on-device/'
  path                 TEXT NOT NULL UNIQUE,    -- of a split model, its first part
  origin               TEXT NOT NULL CHECK (origin IN ('folder', 'added', 'watched', 'ollama', 'lm-studio', 'jan')),
  size_bytes           INTEGER NOT NULL,        -- all parts together
  modified_at          INTEGER NOT NULL,        -- of the newest part
  name                 TEXT NOT NULL,
  kind                 TEXT NOT NULL CHECK (kind IN ('chat', 'embedding', 'rerank')),
  architecture         TEXT,
  parameters           INTEGER,
  quantization         TEXT,
  context_tokens       INTEGER,
  chat_template_sha256 TEXT,                    -- null: the model has no chat template
  tools                INTEGER NOT NULL CHECK (tools IN (0, 1)),
  reasoning            INTEGER NOT NULL CHECK (reasoning IN (0, 1)),
  shape                TEXT,                    -- what its memory depends on, as JSON; null: not known
  problem              TEXT                     -- why it cannot be used; null: it can
) STRICT;
INSERT INTO local_models
  SELECT id, path, origin, size_bytes, 0, name, 'chat', architecture, parameters, quantization, context_tokens,
    chat_template_sha256, 0, 0, NULL, problem
  FROM local_models_before;
DROP TABLE local_models_before;

-- How a model is run, where the person chose. Kept while its file is away.
CREATE TABLE local_model_settings (
  model_id TEXT PRIMARY KEY,
  settings TEXT NOT NULL                        -- LocalModelSettings as JSON
) STRICT;

-- What was measured of a model on this machine.
CREATE TABLE local_model_measures (
  model_id                 TEXT PRIMARY KEY,
  prompt_tokens_per_second REAL,
  output_tokens_per_second REAL,
  calibrated_threads       INTEGER,
  last_used_at             INTEGER
) STRICT;
