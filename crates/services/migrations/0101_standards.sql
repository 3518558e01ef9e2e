-- Requirements, standards and policies of the competent administration, with every version that was published, and the
-- file that people download (LY-SVC-19.2). Safe while older code runs: new tables that nobody else reads.
CREATE TABLE standard (
    slug TEXT PRIMARY KEY,
    kind TEXT NOT NULL
);
CREATE TABLE standard_version (
    slug TEXT NOT NULL REFERENCES standard (slug),
    version BIGINT NOT NULL,
    title_ar TEXT NOT NULL,
    title_en TEXT NOT NULL,
    summary_ar TEXT NOT NULL,
    summary_en TEXT NOT NULL,
    document UUID NOT NULL,
    file_name TEXT NOT NULL,
    sha256 TEXT NOT NULL,
    bytes BIGINT NOT NULL,
    state TEXT NOT NULL,
    written_by UUID NOT NULL,
    written_at BIGINT NOT NULL,
    published_at BIGINT,
    in_force_at BIGINT,
    ended_at BIGINT,
    PRIMARY KEY (slug, version)
);
-- One version in force, whoever acts at the same moment.
CREATE UNIQUE INDEX standard_in_force ON standard_version (slug) WHERE state = 'in_force';
