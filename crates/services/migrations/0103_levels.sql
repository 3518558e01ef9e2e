-- How surely a person must be identified for a service, as the supervising body set it (LY-SVC-8.2a): each setting is a
-- line with who, when and why, and the newest counts. Safe while older code runs: a new table; older nodes keep to the card.
CREATE TABLE service_level (
    entry UUID NOT NULL,
    version BIGINT NOT NULL,
    level TEXT NOT NULL,
    reason TEXT NOT NULL,
    actor UUID NOT NULL,
    at BIGINT NOT NULL,
    PRIMARY KEY (entry, version)
);
