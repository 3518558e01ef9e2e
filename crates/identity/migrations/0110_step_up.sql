-- When the person behind a session last showed who they are, and by what. Safe while older code runs: it leaves both out,
-- and its sessions are asked again.
ALTER TABLE identity_session ADD COLUMN confirmed_at BIGINT;
ALTER TABLE identity_session ADD COLUMN factor TEXT NOT NULL DEFAULT '';
