-- Persons, how they prove who they are, what they are signed in with, and for whom they may act.
-- Safe while older code runs: new tables that nobody else reads.
CREATE TABLE identity_person (
    id UUID PRIMARY KEY,
    identifier TEXT NOT NULL UNIQUE,
    name_ar TEXT NOT NULL,
    name_en TEXT NOT NULL,
    email TEXT NOT NULL,
    phone TEXT NOT NULL,
    language TEXT NOT NULL,
    digits TEXT NOT NULL,
    kind TEXT NOT NULL,
    abroad BOOLEAN NOT NULL,
    registered_at BIGINT NOT NULL
);
CREATE TABLE identity_password (
    person UUID PRIMARY KEY REFERENCES identity_person (id),
    hash TEXT NOT NULL,
    set_at BIGINT NOT NULL
);
-- The secret is sealed under the key file; last_step makes each code good for one use.
CREATE TABLE identity_factor (
    person UUID PRIMARY KEY REFERENCES identity_person (id),
    sealed BYTEA NOT NULL,
    last_step BIGINT NOT NULL,
    enrolled_at BIGINT NOT NULL
);
-- Failed sign-ins by keyed hash of the identifier or of the address; no identifier stands here in clear.
CREATE TABLE identity_gate (
    key BYTEA PRIMARY KEY,
    failures BIGINT NOT NULL,
    since BIGINT NOT NULL
);
CREATE INDEX identity_gate_age ON identity_gate (since);
-- A password was right and the code is awaited; one a person.
CREATE TABLE identity_pending (
    person UUID PRIMARY KEY REFERENCES identity_person (id),
    secret_hash BYTEA NOT NULL UNIQUE,
    gate BYTEA NOT NULL,
    expires_at BIGINT NOT NULL
);
CREATE TABLE identity_session (
    id UUID PRIMARY KEY,
    person UUID NOT NULL REFERENCES identity_person (id),
    secret_hash BYTEA NOT NULL UNIQUE,
    assurance BIGINT NOT NULL,
    device TEXT NOT NULL,
    started_at BIGINT NOT NULL,
    last_seen_at BIGINT NOT NULL,
    ends_at BIGINT NOT NULL,
    ended_at BIGINT
);
CREATE INDEX identity_session_person ON identity_session (person);
CREATE TABLE identity_token (
    id UUID PRIMARY KEY,
    person UUID NOT NULL REFERENCES identity_person (id),
    name TEXT NOT NULL,
    secret_hash BYTEA NOT NULL UNIQUE,
    assurance BIGINT NOT NULL,
    issued_at BIGINT NOT NULL,
    last_used_at BIGINT NOT NULL,
    expires_at BIGINT NOT NULL,
    ended_at BIGINT
);
CREATE INDEX identity_token_person ON identity_token (person);
CREATE TABLE identity_entity (
    id UUID PRIMARY KEY,
    name_ar TEXT NOT NULL,
    name_en TEXT NOT NULL,
    kind TEXT NOT NULL,
    registration TEXT NOT NULL UNIQUE,
    abroad BOOLEAN NOT NULL,
    registered_at BIGINT NOT NULL
);
CREATE TABLE identity_mandate (
    id UUID PRIMARY KEY,
    person UUID NOT NULL REFERENCES identity_person (id),
    entity UUID NOT NULL REFERENCES identity_entity (id),
    scope TEXT NOT NULL,
    from_at BIGINT NOT NULL,
    until_at BIGINT
);
CREATE INDEX identity_mandate_person ON identity_mandate (person);
