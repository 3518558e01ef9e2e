-- Processes as data: each version of an entry carries its own, and each request says at which stage of it it stands
-- and whose desk that stage lies on. Requests made before took the standard course, whose stages follow from the state.
-- Safe while older code runs: older code writes neither column, and the defaults are what it did.
ALTER TABLE entry ADD COLUMN process TEXT;

ALTER TABLE request ADD COLUMN stage TEXT NOT NULL DEFAULT '';
ALTER TABLE request ADD COLUMN desk_role TEXT NOT NULL DEFAULT '';
ALTER TABLE request ADD COLUMN desk_body UUID;
UPDATE request SET stage = CASE state
    WHEN 'received' THEN 'verification'
    WHEN 'returned' THEN 'correction'
    WHEN 'verified' THEN 'decision'
    WHEN 'approved' THEN 'output'
    ELSE state END;
UPDATE request SET desk_role = 'officer', desk_body = body WHERE state = 'received';
UPDATE request SET desk_role = 'decider', desk_body = body WHERE state = 'verified';

ALTER TABLE request_step ADD COLUMN stage TEXT NOT NULL DEFAULT '';
UPDATE request_step SET stage = CASE state
    WHEN 'received' THEN 'verification'
    WHEN 'returned' THEN 'correction'
    WHEN 'verified' THEN 'decision'
    WHEN 'approved' THEN 'output'
    ELSE state END;

-- A task lies on the desk of a role at a body, which need not be the provider.
ALTER TABLE task ADD COLUMN role TEXT NOT NULL DEFAULT 'officer';
ALTER TABLE task ADD COLUMN stage TEXT NOT NULL DEFAULT '';
UPDATE task SET role = CASE kind WHEN 'decision' THEN 'decider' ELSE 'officer' END, stage = kind;
CREATE INDEX task_desk ON task (body, role, done_at, due_at, id);
