-- Decisions taken on many requests at once; each line is carried out by itself and says how it ended.
-- Safe while older code runs: new tables that nobody else reads.
CREATE TABLE batch (
    id UUID PRIMARY KEY,
    person UUID NOT NULL,
    assurance BIGINT NOT NULL,
    act TEXT NOT NULL,
    input TEXT NOT NULL,
    ordered_at BIGINT NOT NULL,
    ended_at BIGINT
);
CREATE INDEX batch_person ON batch (person, id);
CREATE TABLE batch_line (
    batch UUID NOT NULL,
    place BIGINT NOT NULL,
    number TEXT NOT NULL,
    revision BIGINT NOT NULL,
    outcome TEXT NOT NULL,
    done_at BIGINT,
    PRIMARY KEY (batch, place)
);

-- A request that an officer enters for somebody who is present: who, why, and that the person agreed (LY-SVC-13.1).
CREATE TABLE assisted (
    id UUID PRIMARY KEY,
    officer UUID NOT NULL,
    body UUID NOT NULL,
    entry UUID NOT NULL,
    applicant UUID NOT NULL,
    reason TEXT NOT NULL,
    identified_by TEXT NOT NULL,
    consent_at BIGINT NOT NULL,
    number TEXT
);
CREATE INDEX assisted_number ON assisted (number);
