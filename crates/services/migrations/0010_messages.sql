-- Messages on a request: a desk asks, its applicant answers, and the request stays where it is.
-- Safe while older code runs: new tables that nobody else reads.
CREATE TABLE message (
    id UUID PRIMARY KEY,
    request UUID NOT NULL,
    author UUID NOT NULL,
    side TEXT NOT NULL,
    words TEXT NOT NULL,
    at BIGINT NOT NULL
);
CREATE INDEX message_request ON message (request, id);

CREATE TABLE message_document (
    message UUID NOT NULL,
    request UUID NOT NULL,
    document UUID NOT NULL,
    name TEXT NOT NULL,
    PRIMARY KEY (message, document)
);
CREATE INDEX message_document_request ON message_document (request, document);
