-- The fields in which a body may offer services: its mandate in words that a program compares (LY-SVC-1.11).
-- Safe while older code runs: a new table that nobody else reads.
CREATE TABLE organisations_field (
    body UUID NOT NULL REFERENCES organisations_body (id),
    field TEXT NOT NULL,
    PRIMARY KEY (body, field)
);
