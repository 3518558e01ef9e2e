-- A new address for letters that waits until its owner has shown that letters arrive there; one a person.
-- Safe while older code runs: a new table that nobody else reads.
CREATE TABLE identity_email_change (
    person UUID PRIMARY KEY REFERENCES identity_person (id),
    id UUID NOT NULL UNIQUE,
    email TEXT NOT NULL,
    tries BIGINT NOT NULL,
    asked_at BIGINT NOT NULL,
    expires_at BIGINT NOT NULL,
    -- How often a code was asked for since the moment beside it.
    asked BIGINT NOT NULL,
    asked_since BIGINT NOT NULL,
    -- Empty once it is done, dropped or used up; the row stays for the count.
    is_open BOOLEAN NOT NULL
);
