-- A number that moves with every change of a calendar, so that every node notices that the calendars it holds are old.
-- Safe while older code runs: a new table; older nodes keep the calendars with which they started, as before.
CREATE TABLE organisations_generation (
    id BIGINT PRIMARY KEY,
    value BIGINT NOT NULL
);
INSERT INTO organisations_generation (id, value) VALUES (1, 1);
