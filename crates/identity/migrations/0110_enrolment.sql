-- The secret of an authenticator app that is being set up: it counts once its first code was right. One a person.
-- Safe while older code runs: a new table that nobody else reads.
CREATE TABLE identity_enrolment (
    person UUID PRIMARY KEY REFERENCES identity_person (id),
    -- The session in which the password was shown; no other one goes on with it.
    session UUID NOT NULL,
    sealed BYTEA NOT NULL,
    expires_at BIGINT NOT NULL
);
