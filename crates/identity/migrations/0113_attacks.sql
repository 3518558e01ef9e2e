-- Wrong guesses at accounts, the alert that they raise, the warnings that its person gets, how many of them must go
-- unanswered, and the code with which somebody comes back whose password was ended.
-- Safe while older code runs: new tables that nobody else reads; an older node counts no guesses here.
CREATE TABLE identity_guess (
    -- Keyed hash of the identifier, as in identity_gate.
    key BYTEA NOT NULL,
    -- The network that it came from.
    source TEXT NOT NULL,
    -- Empty where nobody has this identifier, so that both cost the same.
    person UUID,
    guesses BIGINT NOT NULL,
    first_at BIGINT NOT NULL,
    last_at BIGINT NOT NULL,
    PRIMARY KEY (key, source)
);
CREATE INDEX identity_guess_age ON identity_guess (last_at);
CREATE TABLE identity_attack (
    id UUID PRIMARY KEY,
    person UUID NOT NULL REFERENCES identity_person (id),
    key BYTEA NOT NULL,
    -- `open`, `answered` by the person, or ended by a `reset`.
    state TEXT NOT NULL,
    guesses BIGINT NOT NULL,
    first_at BIGINT NOT NULL,
    last_at BIGINT NOT NULL,
    opened_at BIGINT NOT NULL,
    warnings BIGINT NOT NULL,
    warned_at BIGINT,
    -- `mine` or `changed`; empty while nobody answered.
    answer TEXT NOT NULL,
    ended_at BIGINT,
    ended_by UUID,
    -- The case that the reset opened.
    matter UUID,
    -- When the officers were told that a reset is due.
    due_told_at BIGINT
);
-- One account has one open alert, whichever nodes notice at the same moment.
CREATE UNIQUE INDEX identity_attack_open ON identity_attack (person) WHERE state = 'open';
CREATE INDEX identity_attack_listed ON identity_attack (opened_at, id);
CREATE TABLE identity_attack_source (
    attack UUID NOT NULL REFERENCES identity_attack (id),
    source TEXT NOT NULL,
    guesses BIGINT NOT NULL,
    first_at BIGINT NOT NULL,
    last_at BIGINT NOT NULL,
    PRIMARY KEY (attack, source)
);
CREATE TABLE identity_attack_warning (
    attack UUID NOT NULL REFERENCES identity_attack (id),
    place BIGINT NOT NULL,
    notice UUID NOT NULL,
    phone TEXT NOT NULL,
    text TEXT NOT NULL,
    at BIGINT NOT NULL,
    PRIMARY KEY (attack, place)
);
-- One row at most: what the implementing body set; without it the packs decide.
CREATE TABLE identity_ladder (
    id BIGINT PRIMARY KEY,
    warnings BIGINT NOT NULL,
    interval_seconds BIGINT NOT NULL,
    set_by UUID NOT NULL,
    set_at BIGINT NOT NULL
);
CREATE TABLE identity_entry (
    person UUID PRIMARY KEY REFERENCES identity_person (id),
    hash BYTEA NOT NULL,
    handed_by UUID NOT NULL,
    made_at BIGINT NOT NULL,
    expires_at BIGINT NOT NULL
);
