/**
 * Tables of one index. Any change here makes every index anew from its folder. Rows hang together without foreign keys: their
 * checks cost a look-up a row, and statements that could fail half way make the full text write out its words each time.
 */
export const indexSchema = `
-- vectors are in tables of their own, in segments of 128: vectors/vector-state-repository.ts

CREATE TABLE index_state (
  one INTEGER PRIMARY KEY CHECK (one = 1),
  -- when folder and index last agreed, milliseconds UTC
  complete_at INTEGER
) STRICT;
INSERT INTO index_state (one) VALUES (1);

CREATE TABLE documents (
  id INTEGER PRIMARY KEY,
  path TEXT NOT NULL UNIQUE,
  kind TEXT NOT NULL,
  status TEXT NOT NULL CHECK (status IN ('indexed', 'pending', 'failed', 'skipped')),
  reason TEXT,
  title TEXT NOT NULL,
  aliases TEXT NOT NULL,
  tags TEXT NOT NULL,
  properties TEXT NOT NULL,
  created_at INTEGER,
  modified_at INTEGER NOT NULL,
  bytes INTEGER NOT NULL,
  hash BLOB,
  chunk_count INTEGER NOT NULL,
  -- 32-bit hashes of its lines, and of those that were left out because many documents have them
  lines BLOB NOT NULL,
  left_out BLOB NOT NULL
) STRICT;
CREATE INDEX documents_by_status ON documents (status, path) WHERE status <> 'indexed';

-- in lower case, with every part of a nested tag: a/b/c is found under a and a/b too
CREATE TABLE document_tags (
  tag TEXT NOT NULL,
  document_id INTEGER NOT NULL,
  PRIMARY KEY (tag, document_id)
) STRICT, WITHOUT ROWID;
CREATE INDEX document_tags_by_document ON document_tags (document_id);

-- what links call it, in lower case: file name with and without extension, aliases
CREATE TABLE document_names (
  name TEXT NOT NULL,
  document_id INTEGER NOT NULL,
  is_alias INTEGER NOT NULL,
  PRIMARY KEY (name, document_id)
) STRICT, WITHOUT ROWID;
CREATE INDEX document_names_by_document ON document_names (document_id);

CREATE TABLE links (
  document_id INTEGER NOT NULL,
  ordinal INTEGER NOT NULL,
  -- as written, and the last part of it in lower case
  target TEXT NOT NULL,
  name TEXT NOT NULL,
  subpath TEXT,
  label TEXT,
  embed INTEGER NOT NULL,
  line TEXT NOT NULL,
  start INTEGER NOT NULL,
  PRIMARY KEY (document_id, ordinal)
) STRICT, WITHOUT ROWID;
CREATE INDEX links_by_name ON links (name);

-- ids are never given twice: a vector under one always means this text
CREATE TABLE chunks (
  id INTEGER PRIMARY KEY AUTOINCREMENT,
  document_id INTEGER NOT NULL,
  ordinal INTEGER NOT NULL,
  headings TEXT NOT NULL,
  text TEXT NOT NULL,
  -- where it is not the text
  search_text TEXT,
  context TEXT,
  facts TEXT,
  start INTEGER NOT NULL,
  end INTEGER NOT NULL,
  page INTEGER,
  has_vector INTEGER NOT NULL
) STRICT;
CREATE INDEX chunks_by_document ON chunks (document_id, ordinal);
CREATE INDEX chunks_without_vector ON chunks (id) WHERE has_vector = 0;

CREATE VIRTUAL TABLE chunk_words USING fts5 (
  title, aliases, breadcrumb, tags, body, context, facts,
  content = '', contentless_delete = 1, tokenize = 'porter unicode61 remove_diacritics 2'
);
-- writes out the words of a batch in one piece, and puts pieces together when there are many: more often costs more than
-- searching a few pieces more
INSERT INTO chunk_words (chunk_words, rank) VALUES ('hashsize', 16777216), ('automerge', 16);
`
