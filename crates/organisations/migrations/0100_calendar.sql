-- Holidays and hours of the whole state, and every change of a calendar with its reason and its source of law.
-- Safe while older code runs: new tables. Older nodes count without the state's own days until they are replaced.
CREATE TABLE organisations_state_holiday (
    day BIGINT PRIMARY KEY,
    name_ar TEXT NOT NULL,
    name_en TEXT NOT NULL
);
CREATE TABLE organisations_state_hours (
    id BIGINT PRIMARY KEY,
    weekend_days BIGINT NOT NULL,
    opens_minute BIGINT NOT NULL,
    closes_minute BIGINT NOT NULL,
    offset_minutes BIGINT NOT NULL
);
-- `scope` is `state`, or the id of a body.
CREATE TABLE organisations_calendar_change (
    scope TEXT NOT NULL,
    version BIGINT NOT NULL,
    what TEXT NOT NULL,
    reason TEXT NOT NULL,
    source TEXT NOT NULL,
    actor UUID,
    at BIGINT NOT NULL,
    PRIMARY KEY (scope, version)
);
