-- Words that find each other in a search, kept by the competent administration (LY-SVC-23.4). Each change is an entry of
-- the ledger; here stands what is in force. `seed` names the line of the built-in list from which a group came.
-- Safe while older code runs: new tables that nobody else reads.
CREATE TABLE search_words (
    id UUID NOT NULL PRIMARY KEY,
    seed TEXT UNIQUE,
    version BIGINT NOT NULL,
    relation TEXT NOT NULL,
    words TEXT NOT NULL,
    finds TEXT NOT NULL,
    in_force BIGINT NOT NULL,
    changed_at BIGINT NOT NULL
);

-- One row that moves with each change, so that every node knows when to read the words anew.
CREATE TABLE search_words_generation (id BIGINT PRIMARY KEY, value BIGINT NOT NULL);
INSERT INTO search_words_generation (id, value) VALUES (1, 1);
