-- The internal policies of a body: who owns them, every version with its metadata, review log and approval, the reviews that
-- two units sign, and who of the staff has to acknowledge what by when.
-- Safe while older code runs: new tables that nobody else reads.
CREATE TABLE policies_policy (
    id UUID PRIMARY KEY,
    body UUID NOT NULL,
    kind TEXT NOT NULL,
    owner_unit UUID NOT NULL,
    second_unit UUID,
    is_everywhere BOOLEAN NOT NULL,
    issuer TEXT NOT NULL,
    address TEXT NOT NULL,
    registered_by UUID NOT NULL,
    registered_at BIGINT NOT NULL,
    last_review_at BIGINT,
    next_review_at BIGINT,
    reminded_at BIGINT
);
CREATE INDEX policies_policy_of_body ON policies_policy (body, id);
CREATE INDEX policies_policy_review ON policies_policy (next_review_at);
-- `number` counts the versions; `issue` is the number that the document itself carries. A version is a draft until it is
-- published, and it is in force from `in_force_at` until the next one is.
CREATE TABLE policies_version (
    id UUID PRIMARY KEY,
    policy UUID NOT NULL REFERENCES policies_policy (id),
    number BIGINT NOT NULL,
    title_ar TEXT NOT NULL,
    title_en TEXT NOT NULL,
    subject_ar TEXT NOT NULL,
    subject_en TEXT NOT NULL,
    preparer TEXT NOT NULL,
    classification TEXT NOT NULL,
    issue TEXT NOT NULL,
    storage_place TEXT NOT NULL,
    text_ar TEXT NOT NULL,
    text_en TEXT NOT NULL,
    reviewed_on TEXT NOT NULL,
    modified_by TEXT NOT NULL,
    reviewer TEXT NOT NULL,
    reasons TEXT NOT NULL,
    parts TEXT NOT NULL,
    audience_unit UUID,
    audience_role TEXT NOT NULL,
    separate TEXT NOT NULL,
    extra_unit UUID,
    extra TEXT NOT NULL,
    due_days BIGINT NOT NULL,
    repeat_months BIGINT NOT NULL,
    drafted_by UUID NOT NULL,
    drafted_at BIGINT NOT NULL,
    approved_by UUID,
    approved_at BIGINT,
    approval_entry UUID,
    published_by UUID,
    published_at BIGINT,
    in_force_at BIGINT,
    notifies BOOLEAN NOT NULL,
    UNIQUE (policy, number)
);
-- What the implementing body said before a version was published (LY-MAIL-2.01f).
CREATE TABLE policies_consultation (
    id UUID PRIMARY KEY,
    version UUID NOT NULL REFERENCES policies_version (id),
    person UUID NOT NULL,
    opinion TEXT NOT NULL,
    at BIGINT NOT NULL
);
CREATE INDEX policies_consultation_of ON policies_consultation (version, id);
CREATE TABLE policies_review (
    id UUID PRIMARY KEY,
    policy UUID NOT NULL REFERENCES policies_policy (id),
    unit UUID NOT NULL,
    person UUID NOT NULL,
    words TEXT NOT NULL,
    at BIGINT NOT NULL
);
CREATE INDEX policies_review_of ON policies_review (policy, id);
-- `clause` is empty for the policy as a whole. A refresher asks again in the same row; every acknowledgement stays in the ledger.
CREATE TABLE policies_assignment (
    id UUID PRIMARY KEY,
    policy UUID NOT NULL,
    version UUID NOT NULL REFERENCES policies_version (id),
    clause TEXT NOT NULL,
    person UUID NOT NULL,
    body UUID NOT NULL,
    unit UUID,
    assigned_at BIGINT NOT NULL,
    due_at BIGINT NOT NULL,
    remind_at BIGINT NOT NULL,
    reminders BIGINT NOT NULL,
    acknowledged_at BIGINT,
    UNIQUE (version, clause, person)
);
CREATE INDEX policies_assignment_person ON policies_assignment (person, id);
CREATE INDEX policies_assignment_version ON policies_assignment (version, id);
CREATE INDEX policies_assignment_open ON policies_assignment (remind_at) WHERE acknowledged_at IS NULL;
