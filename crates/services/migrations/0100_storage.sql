-- Agreements on where a provider's documents are kept, for how long, and who opens them there (LY-SVC-20.1a, 20.1b).
-- Safe while older code runs: a new table that nobody else reads.
CREATE TABLE storage_agreement (
    id UUID PRIMARY KEY,
    body UUID NOT NULL,
    location TEXT NOT NULL,
    site_ar TEXT NOT NULL,
    site_en TEXT NOT NULL,
    retention_years BIGINT NOT NULL,
    access TEXT NOT NULL,
    state TEXT NOT NULL,
    proposed_by UUID NOT NULL,
    proposed_at BIGINT NOT NULL,
    approved_by UUID,
    approved_at BIGINT,
    ended_at BIGINT,
    note TEXT NOT NULL
);
CREATE INDEX storage_agreement_of_body ON storage_agreement (body, proposed_at);
-- One in force a body, and no storage that two bodies share, whoever approves at the same moment.
CREATE UNIQUE INDEX storage_agreement_one ON storage_agreement (body) WHERE state = 'in_force';
CREATE UNIQUE INDEX storage_agreement_own ON storage_agreement (location) WHERE state = 'in_force';
