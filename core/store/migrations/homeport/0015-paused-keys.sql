-- since when the calls of this key are refused until the person resumes it; null: they are not
ALTER TABLE app_keys ADD COLUMN paused_at INTEGER;
