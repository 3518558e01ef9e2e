-- Systems of bodies that let people sign in here, what people agreed to, and the short-lived secrets in between.
-- Safe while older code runs: new tables that nobody else reads.
CREATE TABLE openid_client (
    id UUID PRIMARY KEY,
    body UUID NOT NULL,
    name_ar TEXT NOT NULL,
    name_en TEXT NOT NULL,
    kind TEXT NOT NULL,
    -- Addresses and scopes, one on each line.
    redirect_uris TEXT NOT NULL,
    after_logout_uris TEXT NOT NULL,
    logout_uri TEXT NOT NULL,
    scopes TEXT NOT NULL,
    assurance BIGINT NOT NULL,
    secret_hash BYTEA,
    secret_at BIGINT,
    registered_at BIGINT NOT NULL,
    registered_by UUID NOT NULL,
    ended_at BIGINT,
    -- Stems to find it by.
    words TEXT NOT NULL
);
CREATE INDEX openid_client_of_body ON openid_client (body, id);
CREATE TABLE openid_consent (
    client UUID NOT NULL REFERENCES openid_client (id),
    person UUID NOT NULL,
    -- The name under which this client knows the person; it stays when the consent is withdrawn and given again.
    subject UUID NOT NULL UNIQUE,
    scopes TEXT NOT NULL,
    given_at BIGINT NOT NULL,
    used_at BIGINT NOT NULL,
    withdrawn_at BIGINT,
    PRIMARY KEY (client, person)
);
CREATE INDEX openid_consent_of_person ON openid_consent (person, used_at);
CREATE TABLE openid_code (
    hash BYTEA PRIMARY KEY,
    client UUID NOT NULL,
    person UUID NOT NULL,
    session UUID NOT NULL,
    redirect_uri TEXT NOT NULL,
    scopes TEXT NOT NULL,
    nonce TEXT NOT NULL,
    challenge TEXT NOT NULL,
    expires_at BIGINT NOT NULL,
    used_at BIGINT
);
CREATE INDEX openid_code_expires ON openid_code (expires_at);
CREATE TABLE openid_token (
    hash BYTEA PRIMARY KEY,
    code BYTEA NOT NULL,
    client UUID NOT NULL,
    person UUID NOT NULL,
    session UUID NOT NULL,
    scopes TEXT NOT NULL,
    expires_at BIGINT NOT NULL,
    ended_at BIGINT
);
CREATE INDEX openid_token_of_code ON openid_token (code);
CREATE INDEX openid_token_of_person ON openid_token (person, client);
CREATE INDEX openid_token_expires ON openid_token (expires_at);
-- A session that reached a client. `told_at`: the client knows that it is over.
CREATE TABLE openid_visit (
    id UUID PRIMARY KEY,
    session UUID NOT NULL,
    client UUID NOT NULL,
    person UUID NOT NULL,
    began_at BIGINT NOT NULL,
    told_at BIGINT,
    UNIQUE (session, client)
);
CREATE INDEX openid_visit_of_person ON openid_visit (person, client);
CREATE INDEX openid_visit_began ON openid_visit (began_at);
CREATE TABLE openid_key (
    id UUID PRIMARY KEY,
    public BYTEA NOT NULL,
    -- The private half under the key file of identity; empty once it signs no more.
    sealed BYTEA NOT NULL,
    made_at BIGINT NOT NULL,
    signs_until BIGINT NOT NULL,
    published_until BIGINT NOT NULL
);
