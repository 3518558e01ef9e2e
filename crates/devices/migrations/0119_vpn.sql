-- Virtual private networks, who may use them with which device and until when, and each use.
-- Safe while older code runs: new tables that nobody else reads. An older node that takes in a loss does not end what was
-- allowed here; the next hour of a newer one does, because the account is shut.
CREATE TABLE devices_vpn (
    id UUID PRIMARY KEY,
    body UUID NOT NULL,
    name TEXT NOT NULL,
    -- What was declared: `no`, or empty as long as nothing was. A `yes` is refused and never stored.
    free TEXT NOT NULL,
    open_to_public TEXT NOT NULL,
    -- Of the gateway: its interface, where it is reached, its public key.
    interface TEXT NOT NULL,
    gateway TEXT NOT NULL,
    gateway_key TEXT NOT NULL,
    -- From which addresses are given, and what is reached through it.
    range TEXT NOT NULL,
    routes TEXT NOT NULL,
    registered_at BIGINT NOT NULL,
    registered_by UUID NOT NULL,
    -- What the officer attested, with the file that shows it.
    purpose TEXT NOT NULL,
    ownership TEXT NOT NULL,
    document UUID,
    file_name TEXT NOT NULL,
    approved_at BIGINT,
    approved_by UUID,
    expires_at BIGINT,
    -- Since when the officer knows that the approval lapses.
    reminded_at BIGINT,
    activated_at BIGINT,
    activated_by UUID,
    ended_at BIGINT,
    ended_by UUID,
    ending TEXT NOT NULL
);
CREATE UNIQUE INDEX devices_vpn_interface ON devices_vpn (interface) WHERE ended_at IS NULL;
CREATE INDEX devices_vpn_of_body ON devices_vpn (body, id);
CREATE TABLE devices_vpn_permission (
    id UUID PRIMARY KEY,
    vpn UUID NOT NULL REFERENCES devices_vpn (id),
    body UUID NOT NULL,
    person UUID NOT NULL,
    device UUID NOT NULL REFERENCES devices_device (id),
    from_at BIGINT NOT NULL,
    until_at BIGINT NOT NULL,
    why TEXT NOT NULL,
    granted_at BIGINT NOT NULL,
    granted_by UUID NOT NULL,
    -- Which address of the range.
    place BIGINT NOT NULL,
    -- The public key of the device's end; empty until the configuration is handed out.
    key_line TEXT NOT NULL,
    issued_at BIGINT,
    ended_at BIGINT,
    -- Nobody where it ended by itself.
    ended_by UUID,
    -- `period`, `loss`, `device`, `vpn` or `revoked`, and what was said of it.
    ending TEXT NOT NULL,
    end_words TEXT NOT NULL
);
CREATE UNIQUE INDEX devices_vpn_permission_place ON devices_vpn_permission (vpn, place) WHERE ended_at IS NULL;
CREATE UNIQUE INDEX devices_vpn_permission_key ON devices_vpn_permission (key_line) WHERE key_line <> '';
CREATE INDEX devices_vpn_permission_of_person ON devices_vpn_permission (person, id);
CREATE INDEX devices_vpn_permission_of_body ON devices_vpn_permission (body, id);
CREATE INDEX devices_vpn_permission_of_device ON devices_vpn_permission (device) WHERE ended_at IS NULL;
CREATE TABLE devices_vpn_use (
    id UUID PRIMARY KEY,
    permission UUID NOT NULL REFERENCES devices_vpn_permission (id),
    began_at BIGINT NOT NULL,
    last_at BIGINT NOT NULL,
    -- From where the device came.
    source TEXT NOT NULL
);
CREATE INDEX devices_vpn_use_of_permission ON devices_vpn_use (permission, id);
