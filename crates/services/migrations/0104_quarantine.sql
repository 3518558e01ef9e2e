-- Documents that were found to be confidential after they had come in (LY-SVC-4.2a): who found it, how secret they are, why.
-- Safe while older code runs: a new table; older nodes read the state of the document as that of one that is gone.
CREATE TABLE document_quarantine (
    document UUID PRIMARY KEY,
    request UUID NOT NULL,
    level TEXT NOT NULL,
    reason TEXT NOT NULL,
    officer UUID NOT NULL,
    at BIGINT NOT NULL
);
