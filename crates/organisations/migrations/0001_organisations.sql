-- Bodies, their functions and units, appointments and working time, so that every other noun can say whose it is.
-- Safe while older code runs: new tables that nobody else reads.
CREATE TABLE organisations_body (
    id UUID PRIMARY KEY,
    slug TEXT NOT NULL UNIQUE,
    kind TEXT NOT NULL,
    name_ar TEXT NOT NULL,
    name_en TEXT NOT NULL,
    short_ar TEXT NOT NULL,
    short_en TEXT NOT NULL,
    mandate_ar TEXT NOT NULL,
    mandate_en TEXT NOT NULL,
    city_ar TEXT NOT NULL,
    city_en TEXT NOT NULL,
    phone TEXT NOT NULL,
    registered_at BIGINT NOT NULL
);
CREATE TABLE organisations_function (
    body UUID NOT NULL REFERENCES organisations_body (id),
    name TEXT NOT NULL,
    given_at BIGINT NOT NULL,
    PRIMARY KEY (body, name)
);
-- LY-SVC-1.02: held once in a deployment, whoever asks at the same moment.
CREATE UNIQUE INDEX organisations_function_once ON organisations_function (name)
    WHERE name = 'competent_administration';
CREATE TABLE organisations_unit (
    id UUID PRIMARY KEY,
    body UUID NOT NULL REFERENCES organisations_body (id),
    slug TEXT NOT NULL,
    name_ar TEXT NOT NULL,
    name_en TEXT NOT NULL,
    UNIQUE (body, slug)
);
CREATE TABLE organisations_appointment (
    id UUID PRIMARY KEY,
    person UUID NOT NULL,
    body UUID NOT NULL REFERENCES organisations_body (id),
    unit UUID REFERENCES organisations_unit (id),
    role TEXT NOT NULL,
    from_at BIGINT NOT NULL,
    until_at BIGINT
);
CREATE INDEX organisations_appointment_person ON organisations_appointment (person);
CREATE INDEX organisations_appointment_body ON organisations_appointment (body);
-- Without a row a body keeps the hours that the code names as defaults.
CREATE TABLE organisations_hours (
    body UUID PRIMARY KEY REFERENCES organisations_body (id),
    weekend_days BIGINT NOT NULL,
    opens_minute BIGINT NOT NULL,
    closes_minute BIGINT NOT NULL,
    offset_minutes BIGINT NOT NULL
);
CREATE TABLE organisations_holiday (
    body UUID NOT NULL REFERENCES organisations_body (id),
    day BIGINT NOT NULL,
    name_ar TEXT NOT NULL,
    name_en TEXT NOT NULL,
    PRIMARY KEY (body, day)
);
