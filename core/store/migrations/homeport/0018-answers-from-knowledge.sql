-- Scopes of the person's notes that a program may be answered from, JSON; null: none.
ALTER TABLE app_keys ADD COLUMN knowledge TEXT;

-- Scopes that a chat's answers are looked up in, JSON; null: nothing is.
ALTER TABLE chats ADD COLUMN knowledge TEXT;

-- What an answer was given from, held against what it says, JSON; null: nothing was looked up.
ALTER TABLE messages ADD COLUMN citations TEXT;
