-- Cases: what is alleged, the steps of the procedure in their order, sealed evidence, who may see it, and the accounts that
-- a compromise takes in. Safe while older code runs: new tables that nobody else reads.
CREATE TABLE compliance_case (
    id UUID PRIMARY KEY,
    kind TEXT NOT NULL,
    body UUID NOT NULL,
    control TEXT NOT NULL,
    -- The edition of the document at the opening.
    edition TEXT NOT NULL,
    -- Whose conduct or account it is about; empty for a compromise of many.
    person UUID,
    -- As the ledger names what it came from: `attack/…`; empty where somebody opened it by hand.
    origin TEXT NOT NULL,
    title_ar TEXT NOT NULL,
    title_en TEXT NOT NULL,
    facts_ar TEXT NOT NULL,
    facts_en TEXT NOT NULL,
    -- The steps as they were configured at the opening, in their order, with commas between.
    procedure_steps TEXT NOT NULL,
    steps_done BIGINT NOT NULL,
    opened_by UUID NOT NULL,
    opened_at BIGINT NOT NULL,
    closed_at BIGINT,
    words TEXT NOT NULL
);
CREATE INDEX compliance_case_listed ON compliance_case (opened_at, id);
CREATE TABLE compliance_case_step (
    matter UUID NOT NULL REFERENCES compliance_case (id),
    place BIGINT NOT NULL,
    step TEXT NOT NULL,
    words TEXT NOT NULL,
    by_person UUID NOT NULL,
    at BIGINT NOT NULL,
    PRIMARY KEY (matter, place)
);
CREATE TABLE compliance_case_evidence (
    id UUID PRIMARY KEY,
    matter UUID NOT NULL REFERENCES compliance_case (id),
    what TEXT NOT NULL,
    -- What was sealed, as the ledger names it.
    subject TEXT NOT NULL,
    entries BIGINT NOT NULL,
    -- SHA-256 over the sealed entries, in hexadecimal.
    hash TEXT NOT NULL,
    by_person UUID NOT NULL,
    at BIGINT NOT NULL
);
CREATE INDEX compliance_case_evidence_of ON compliance_case_evidence (matter, id);
CREATE TABLE compliance_case_reader (
    matter UUID NOT NULL REFERENCES compliance_case (id),
    person UUID NOT NULL,
    PRIMARY KEY (matter, person)
);
