-- The e-mail address that was given on a request, and each provider's own words of acknowledgement.
-- Safe while older code runs: new tables; without a row the person's own address and the card's words count.
CREATE TABLE request_contact (
    request UUID PRIMARY KEY,
    email TEXT NOT NULL,
    given_at BIGINT NOT NULL
);
CREATE TABLE acknowledgement (
    entry UUID PRIMARY KEY,
    text_ar TEXT NOT NULL,
    text_en TEXT NOT NULL,
    set_by UUID NOT NULL,
    set_at BIGINT NOT NULL
);
