-- All spans of a call through the gateway stand in its row: nothing looks for them across traces, and a row for each costs
-- a third of what recording a call does. Those of other programs, which come in pieces, keep rows of their own.
ALTER TABLE traces RENAME COLUMN stages TO spans;

-- What was looked up for a call says what was asked, so it goes with the texts.
INSERT INTO span_texts (trace_id, span_id, texts)
SELECT trace_id, id, attributes FROM spans
WHERE attributes IS NOT NULL AND trace_id IN (SELECT id FROM traces WHERE source = 'gateway');
UPDATE spans SET attributes = NULL
WHERE attributes IS NOT NULL AND trace_id IN (SELECT id FROM traces WHERE source = 'gateway');
