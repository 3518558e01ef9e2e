-- Where a body is told by machine of what reaches it, and every letter that was sent there (LY-SVC-7.1b).
-- Safe while older code runs: new tables that nobody else reads; until all nodes run it, older ones write no letters.
CREATE TABLE endpoint (
    body UUID PRIMARY KEY,
    address TEXT NOT NULL,
    set_by UUID NOT NULL,
    set_at BIGINT NOT NULL,
    -- Since when nothing arrives there, and whether the body was told so.
    failing_since BIGINT,
    told_at BIGINT
);
CREATE TABLE endpoint_delivery (
    id UUID PRIMARY KEY,
    body UUID NOT NULL,
    event TEXT NOT NULL,
    number TEXT NOT NULL,
    payload TEXT NOT NULL,
    state TEXT NOT NULL,
    tries BIGINT NOT NULL,
    created_at BIGINT NOT NULL,
    tried_at BIGINT,
    answer TEXT NOT NULL,
    ended_at BIGINT
);
CREATE INDEX endpoint_delivery_of_body ON endpoint_delivery (body, id);
CREATE INDEX endpoint_delivery_of_state ON endpoint_delivery (body, state, id);
CREATE INDEX endpoint_delivery_old ON endpoint_delivery (ended_at) WHERE state = 'delivered';
