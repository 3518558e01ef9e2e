-- What was said to whom, and how it travelled.
-- Safe while older code runs: new tables that nobody else reads.
-- A notice keeps the key and the arguments of its text, not the text: each reader reads it in her own language.
CREATE TABLE notice (
    id UUID PRIMARY KEY,
    person UUID NOT NULL,
    key TEXT NOT NULL,
    args TEXT NOT NULL,
    link TEXT NOT NULL,
    subject TEXT NOT NULL,
    sent_at BIGINT NOT NULL,
    read_at BIGINT
);
CREATE INDEX notice_inbox ON notice (person, sent_at DESC, id DESC);
CREATE INDEX notice_unread ON notice (person) WHERE read_at IS NULL;
CREATE INDEX notice_subject ON notice (subject, sent_at);
CREATE TABLE notice_delivery (
    notice UUID NOT NULL,
    means TEXT NOT NULL,
    address TEXT NOT NULL,
    language TEXT NOT NULL,
    state TEXT NOT NULL,
    at BIGINT NOT NULL,
    reason TEXT,
    PRIMARY KEY (notice, means)
);
