-- The letters that bodies write for the outputs of their services: every version is kept, so that an issued document
-- can always be traced to the words it was made from. Safe while older code runs: a new table that nobody else reads.
CREATE TABLE template (
    id UUID PRIMARY KEY,
    service TEXT NOT NULL,
    output TEXT NOT NULL,
    version BIGINT NOT NULL,
    body UUID NOT NULL,
    state TEXT NOT NULL,
    ar TEXT NOT NULL,
    en TEXT NOT NULL,
    revision BIGINT NOT NULL,
    author UUID NOT NULL,
    saved_at BIGINT NOT NULL,
    standard TEXT NOT NULL,
    decided_by UUID,
    decided_at BIGINT,
    remarks TEXT NOT NULL,
    used_from BIGINT,
    UNIQUE (service, output, version)
);
CREATE INDEX template_body ON template (body, id);
CREATE INDEX template_state ON template (state, id);
CREATE INDEX template_used ON template (service, output, used_from);
