ALTER TABLE traces ADD COLUMN provider_model TEXT;    -- at the provider: who answered, or was asked last
ALTER TABLE traces ADD COLUMN cache TEXT;             -- `hit` or `miss`; null: the cache had no part in it
ALTER TABLE traces ADD COLUMN saved_nano_usd INTEGER; -- by a hit; null: nobody knows
ALTER TABLE traces ADD COLUMN route TEXT;             -- RoutePreview as JSON; null: the model was asked for by its name
