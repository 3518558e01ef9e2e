-- The directory of services: every version of every entry, kept for good (LY-SVC-22.1).
-- Safe while older code runs: new tables that nobody else reads.
CREATE TABLE entry (
    id UUID NOT NULL,
    version BIGINT NOT NULL,
    slug TEXT NOT NULL,
    body UUID NOT NULL,
    state TEXT NOT NULL,
    card TEXT NOT NULL,
    form TEXT NOT NULL,
    author UUID NOT NULL,
    registered_at BIGINT NOT NULL,
    verifier UUID,
    verified_at BIGINT,
    PRIMARY KEY (id, version)
);
CREATE UNIQUE INDEX entry_slug ON entry (slug, version);
CREATE INDEX entry_state ON entry (state);

-- One row that moves with each publication, so that every node knows when to read the directory anew.
CREATE TABLE directory_generation (id BIGINT PRIMARY KEY, value BIGINT NOT NULL);
INSERT INTO directory_generation (id, value) VALUES (1, 1);
