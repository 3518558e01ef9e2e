-- An account that was shut, since when; and from which zone, and with which device, somebody is signed in.
-- Safe while older code runs: it leaves the columns out. It still lets in whoever was shut out, until it is replaced.
ALTER TABLE identity_person ADD COLUMN disabled_at BIGINT;
ALTER TABLE identity_session ADD COLUMN zone TEXT NOT NULL DEFAULT '';
ALTER TABLE identity_session ADD COLUMN bound_device UUID;
ALTER TABLE identity_session ADD COLUMN bound_name TEXT NOT NULL DEFAULT '';
