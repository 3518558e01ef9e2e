-- Who agreed to which version of a form, for which side, and against which version of the standard (LY-SVC-10.2, 13.2b).
-- Versions that wait from before have no approval of their provider: it gives it once more. Safe while older code runs: a
-- new table that nobody else reads.
CREATE TABLE form_approval (
    entry UUID NOT NULL,
    version BIGINT NOT NULL,
    side TEXT NOT NULL,
    person UUID NOT NULL,
    standard TEXT NOT NULL,
    at BIGINT NOT NULL,
    PRIMARY KEY (entry, version, side)
);
