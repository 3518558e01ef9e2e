-- Text messages that were handed to an operator, and what its centre said about them. Neither text nor whole number stands here.
-- Safe while older code runs: new tables that nobody else reads.
CREATE TABLE sms_message (
    reference TEXT PRIMARY KEY,
    -- The number but for its middle digits.
    masked TEXT NOT NULL,
    first_at BIGINT NOT NULL,
    -- Empty until the centre has taken all parts.
    handed_at BIGINT
);
CREATE INDEX sms_message_age ON sms_message (first_at);
-- The names that the centre gave to the parts of a message.
CREATE TABLE sms_part (
    centre_id TEXT PRIMARY KEY,
    reference TEXT NOT NULL
);
CREATE INDEX sms_part_message ON sms_part (reference);
-- The last word of the centre about a part; it may come before we have written the part's name.
CREATE TABLE sms_receipt (
    centre_id TEXT PRIMARY KEY,
    -- delivered, failed or on_the_way
    state TEXT NOT NULL,
    -- As the centre wrote it: DELIVRD, UNDELIV …
    word TEXT NOT NULL,
    said_at BIGINT NOT NULL
);
