-- What an installation narrows of its policies, with who proposed and who decided each step (LY-SVC-12.1).
-- Safe while older code runs: new tables that nobody else reads.
CREATE TABLE permissions_narrowing (
    id UUID PRIMARY KEY,
    capability TEXT NOT NULL,
    action TEXT NOT NULL,
    role TEXT NOT NULL,
    assurance BIGINT NOT NULL,
    controls TEXT NOT NULL,
    reason TEXT NOT NULL,
    state TEXT NOT NULL,
    proposed_by UUID NOT NULL,
    proposed_at BIGINT NOT NULL,
    decided_by UUID,
    decided_at BIGINT,
    words TEXT NOT NULL,
    end_reason TEXT NOT NULL,
    end_proposed_by UUID,
    end_proposed_at BIGINT
);
CREATE INDEX permissions_narrowing_of_act ON permissions_narrowing (capability, action, id);
CREATE INDEX permissions_narrowing_in_force ON permissions_narrowing (state, id);
-- Moves with each change of what is in force, so that every node sees that it must read anew.
CREATE TABLE permissions_generation (id BIGINT PRIMARY KEY, value BIGINT NOT NULL);
INSERT INTO permissions_generation (id, value) VALUES (1, 0);
