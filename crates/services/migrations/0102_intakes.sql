-- Records that came on storage media, because automatic supply was not possible (LY-SVC-7.2): why, on what, and for each
-- file its hash and what the scanner said. Safe while older code runs: new tables that nobody else reads.
CREATE TABLE media_intake (
    id UUID PRIMARY KEY,
    request UUID NOT NULL,
    officer UUID NOT NULL,
    reason TEXT NOT NULL,
    carrier TEXT NOT NULL,
    label TEXT NOT NULL,
    handed_by TEXT NOT NULL,
    at BIGINT NOT NULL
);
CREATE INDEX media_intake_of_request ON media_intake (request, id);
CREATE TABLE media_intake_file (
    intake UUID NOT NULL REFERENCES media_intake (id),
    place BIGINT NOT NULL,
    name TEXT NOT NULL,
    sha256 TEXT NOT NULL,
    bytes BIGINT NOT NULL,
    scan TEXT NOT NULL,
    document UUID,
    PRIMARY KEY (intake, place)
);
