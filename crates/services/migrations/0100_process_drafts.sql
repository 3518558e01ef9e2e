-- What the process of a draft was before each of its last changes, so that its author can undo them.
-- Safe while older code runs: a new table that nobody else reads.
CREATE TABLE entry_proposal_past (
    proposal UUID NOT NULL,
    revision BIGINT NOT NULL,
    process TEXT NOT NULL,
    changed_at BIGINT NOT NULL,
    PRIMARY KEY (proposal, revision)
);
