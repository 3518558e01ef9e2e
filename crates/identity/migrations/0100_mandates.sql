-- Who stands for an entity, asked when a mandate is taken back. Safe while older code runs: an index alone.
CREATE INDEX identity_mandate_entity ON identity_mandate (entity);
