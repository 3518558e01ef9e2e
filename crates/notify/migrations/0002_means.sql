-- How each person wants to be told, what each delivery waits for, and what an inbox row still asks.
-- Safe while older code runs: new tables, and columns with defaults that older code does not name.
ALTER TABLE notice ADD COLUMN asks BOOLEAN NOT NULL DEFAULT FALSE;
ALTER TABLE notice ADD COLUMN archived_at BIGINT;
-- The words of the arguments, folded, so that an inbox can be searched without reading anybody else's rows.
ALTER TABLE notice ADD COLUMN said TEXT NOT NULL DEFAULT '';
CREATE INDEX notice_asking ON notice (person, sent_at DESC, id DESC) WHERE asks;
-- When it is tried next, or when the letter of the day goes.
ALTER TABLE notice_delivery ADD COLUMN retry_at BIGINT;
-- The kind group under which the person may choose differently; empty where there is no choice.
ALTER TABLE notice_delivery ADD COLUMN topic TEXT NOT NULL DEFAULT '';
-- The letter of the day that took it up.
ALTER TABLE notice_delivery ADD COLUMN digest UUID;
CREATE INDEX notice_delivery_gathering ON notice_delivery (notice) WHERE state = 'digest';
CREATE INDEX notice_delivery_digest ON notice_delivery (digest) WHERE digest IS NOT NULL;
CREATE TABLE notice_choice (
    person UUID PRIMARY KEY,
    -- A mode for each kind group that is not at its default, as JSON.
    modes TEXT NOT NULL,
    offset_minutes BIGINT NOT NULL,
    -- Hours of the person's own clock; both are -1 where nothing is to be quiet.
    quiet_from BIGINT NOT NULL,
    quiet_until BIGINT NOT NULL,
    digest_hour BIGINT NOT NULL,
    -- What stands in the address of "write to me no more"; guessed by nobody.
    leave_code TEXT NOT NULL UNIQUE,
    changed_at BIGINT NOT NULL
);
-- Whether this installation can send by a means at all, as its workers last said.
CREATE TABLE notice_means (
    means TEXT PRIMARY KEY,
    ready BOOLEAN NOT NULL,
    said_at BIGINT NOT NULL
);
