-- The staff directory of a body, and who gets in while it is silent.
-- Safe while older code runs: new tables that nobody else reads.
CREATE TABLE directory_connection (
    body UUID PRIMARY KEY,
    host TEXT NOT NULL,
    port BIGINT NOT NULL,
    -- `ldaps`, `starttls` or `plain`.
    channel TEXT NOT NULL,
    -- Certificates of the body's own authority, as PEM; empty for the public ones.
    authorities TEXT NOT NULL,
    base TEXT NOT NULL,
    filter TEXT NOT NULL,
    -- The attribute that carries the national number.
    attribute TEXT NOT NULL,
    -- The account that looks people up, and its password under the key file of identity.
    reader TEXT NOT NULL,
    sealed BYTEA NOT NULL,
    set_at BIGINT NOT NULL,
    set_by UUID NOT NULL,
    answered_at BIGINT,
    failed_at BIGINT,
    fault TEXT NOT NULL,
    fault_detail TEXT NOT NULL
);
CREATE TABLE directory_emergency (
    id UUID PRIMARY KEY,
    body UUID NOT NULL,
    person UUID NOT NULL,
    reason TEXT NOT NULL,
    named_by UUID NOT NULL,
    named_at BIGINT NOT NULL,
    until_at BIGINT NOT NULL,
    ended_at BIGINT,
    ended_by UUID,
    uses BIGINT NOT NULL,
    used_at BIGINT
);
CREATE INDEX directory_emergency_body ON directory_emergency (body, id);
CREATE INDEX directory_emergency_person ON directory_emergency (person);
