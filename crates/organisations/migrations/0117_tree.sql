-- The state as a tree: what a body or a unit belongs to, what became of a body that was closed, since when and until when
-- a function is held and by which unit, and which units handle what is sensitive.
-- Safe while older code runs: new columns that may be empty, and a new table that nobody else reads.
ALTER TABLE organisations_body ADD COLUMN parent UUID;
ALTER TABLE organisations_body ADD COLUMN closed_at BIGINT;
ALTER TABLE organisations_body ADD COLUMN successor UUID;
ALTER TABLE organisations_unit ADD COLUMN parent UUID;
ALTER TABLE organisations_unit ADD COLUMN sensitive_from BIGINT;
ALTER TABLE organisations_unit ADD COLUMN sensitive_reason TEXT NOT NULL DEFAULT '';
ALTER TABLE organisations_function ADD COLUMN unit UUID;
CREATE TABLE organisations_function_past (
    id UUID PRIMARY KEY,
    body UUID NOT NULL REFERENCES organisations_body (id),
    unit UUID,
    name TEXT NOT NULL,
    from_at BIGINT NOT NULL,
    until_at BIGINT NOT NULL
);
CREATE INDEX organisations_function_past_body ON organisations_function_past (body, until_at);
