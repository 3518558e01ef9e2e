-- Addresses at which letters came back for good, and since when nothing is sent there any more.
-- Safe while older code runs: a new table that nobody else reads; an older node goes on sending.
CREATE TABLE notice_address (
    address TEXT PRIMARY KEY,
    hard_bounces BIGINT NOT NULL,
    bounced_at BIGINT NOT NULL,
    stopped_at BIGINT
);
