-- Powers that somebody gives to somebody at the same body for a time (KW-RW-9.1.1b).
-- Safe while older code runs: new tables that nobody else reads.
CREATE TABLE organisations_delegation (
    id UUID PRIMARY KEY,
    body UUID NOT NULL REFERENCES organisations_body (id),
    delegator UUID NOT NULL,
    delegate UUID NOT NULL,
    topics TEXT NOT NULL,
    -- `asked`, `approved` or `refused`.
    state TEXT NOT NULL,
    from_at BIGINT NOT NULL,
    until_at BIGINT NOT NULL,
    -- The first moment at which it no longer holds: `until_at`, or earlier when it was ended.
    over_at BIGINT NOT NULL,
    asked_at BIGINT NOT NULL,
    decided_by UUID,
    decided_at BIGINT,
    ended_by UUID,
    reason TEXT NOT NULL
);
CREATE INDEX organisations_delegation_delegate ON organisations_delegation (delegate, over_at);
CREATE INDEX organisations_delegation_delegator ON organisations_delegation (delegator);
CREATE INDEX organisations_delegation_body ON organisations_delegation (body, id);
CREATE TABLE organisations_delegated_power (
    delegation UUID NOT NULL REFERENCES organisations_delegation (id),
    role TEXT NOT NULL,
    PRIMARY KEY (delegation, role)
);
