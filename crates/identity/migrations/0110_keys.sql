-- Security keys of persons, and the questions that wait for an answer of one.
-- Safe while older code runs: new tables that nobody else reads.
CREATE TABLE identity_key (
    id UUID PRIMARY KEY,
    person UUID NOT NULL REFERENCES identity_person (id),
    name TEXT NOT NULL,
    -- As the key names itself; one key belongs to one person.
    credential BYTEA NOT NULL UNIQUE,
    -- Its public part as JSON.
    public_part TEXT NOT NULL,
    -- The highest count of uses that it told.
    counter BIGINT NOT NULL,
    added_at BIGINT NOT NULL,
    used_at BIGINT,
    -- A count went backwards: there are two of it, and neither opens anything any more.
    stopped_at BIGINT
);
CREATE INDEX identity_key_person ON identity_key (person);
-- One a session (or sign-in under way) and purpose; whoever answers takes it out.
CREATE TABLE identity_challenge (
    bound BYTEA NOT NULL,
    purpose TEXT NOT NULL,
    id UUID NOT NULL UNIQUE,
    person UUID NOT NULL REFERENCES identity_person (id),
    state TEXT NOT NULL,
    expires_at BIGINT NOT NULL,
    PRIMARY KEY (bound, purpose)
);
CREATE INDEX identity_challenge_age ON identity_challenge (expires_at);
