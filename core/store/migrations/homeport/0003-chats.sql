-- Chats are trees: a message names its parent, a chat the leaf that is shown.
CREATE TABLE chats (
  id             TEXT PRIMARY KEY,
  title          TEXT NOT NULL,
  model          TEXT,
  active_leaf_id TEXT,
  created_at     INTEGER NOT NULL,
  updated_at     INTEGER NOT NULL
) STRICT;
CREATE INDEX chats_by_update ON chats (updated_at DESC, id DESC);

CREATE TABLE messages (
  seq        INTEGER PRIMARY KEY,          -- stable rowid for the full-text index
  id         TEXT NOT NULL UNIQUE,
  chat_id    TEXT NOT NULL REFERENCES chats (id) ON DELETE CASCADE,
  parent_id  TEXT REFERENCES messages (id) ON DELETE CASCADE,
  role       TEXT NOT NULL CHECK (role IN ('user', 'assistant')),
  text       TEXT NOT NULL,
  reasoning  TEXT NOT NULL DEFAULT '',
  status     TEXT NOT NULL CHECK (status IN ('streaming', 'complete', 'stopped', 'failed', 'interrupted')),
  error      TEXT,
  info       TEXT,                         -- AnswerInfo as JSON
  created_at INTEGER NOT NULL
) STRICT;
CREATE INDEX messages_by_chat ON messages (chat_id, seq);
CREATE INDEX messages_by_parent ON messages (parent_id);
CREATE INDEX messages_unfinished ON messages (status) WHERE status = 'streaming';

-- Only finished texts are indexed: a streaming answer changes every second.
CREATE VIRTUAL TABLE message_search USING fts5 (text, content = 'messages', content_rowid = 'seq', tokenize = 'unicode61 remove_diacritics 2');
CREATE TRIGGER messages_insert_search AFTER INSERT ON messages WHEN new.status <> 'streaming' BEGIN
  INSERT INTO message_search (rowid, text) VALUES (new.seq, new.text);
END;
CREATE TRIGGER messages_finish_search AFTER UPDATE OF status ON messages
WHEN old.status = 'streaming' AND new.status <> 'streaming' BEGIN
  INSERT INTO message_search (rowid, text) VALUES (new.seq, new.text);
END;
CREATE TRIGGER messages_delete_search AFTER DELETE ON messages WHEN old.status <> 'streaming' BEGIN
  INSERT INTO message_search (message_search, rowid, text) VALUES ('delete', old.seq, old.text);
END;
