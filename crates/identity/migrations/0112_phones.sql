-- The numbers by which people are warned and prove who they are; what is known of each number, whoever holds it; and the
-- codes that are sent to them. Safe while older code runs: new tables that nobody else reads.
CREATE TABLE identity_phone (
    id UUID PRIMARY KEY,
    person UUID NOT NULL REFERENCES identity_person (id),
    -- +218910000101
    number TEXT NOT NULL,
    -- The public body that owns it; empty where it is the person's own.
    body UUID,
    operator TEXT NOT NULL,
    added_at BIGINT NOT NULL,
    -- When the person last showed, or said when asked, that it is still theirs.
    confirmed_at BIGINT NOT NULL,
    -- Since when its codes open the account.
    factor_at BIGINT,
    -- Replaced or removed; the row stays as the record.
    ended_at BIGINT
);
CREATE UNIQUE INDEX identity_phone_present ON identity_phone (person) WHERE ended_at IS NULL;
CREATE INDEX identity_phone_number ON identity_phone (number) WHERE ended_at IS NULL;
-- The last word about a number.
CREATE TABLE identity_number (
    number TEXT PRIMARY KEY,
    operator TEXT NOT NULL,
    -- positive, negative, temporary or compromised
    result TEXT NOT NULL,
    -- How it is known: a code that came back, or an officer who has it from the operator.
    source TEXT NOT NULL,
    said_at BIGINT NOT NULL,
    said_by UUID
);
CREATE TABLE identity_text_code (
    id UUID PRIMARY KEY,
    person UUID NOT NULL REFERENCES identity_person (id),
    -- add, sign_in or confirm
    purpose TEXT NOT NULL,
    -- The session, or the sign-in under way, in which it was asked for; it counts nowhere else.
    bound BYTEA NOT NULL,
    number TEXT NOT NULL,
    -- For a new number: the body that owns it.
    body UUID,
    tries BIGINT NOT NULL,
    asked_at BIGINT NOT NULL,
    expires_at BIGINT NOT NULL,
    -- Used, locked, or replaced by another one.
    closed_at BIGINT
);
CREATE INDEX identity_text_code_bound ON identity_text_code (bound, purpose);
CREATE INDEX identity_text_code_person ON identity_text_code (person, asked_at);
CREATE INDEX identity_text_code_number ON identity_text_code (number, asked_at);
