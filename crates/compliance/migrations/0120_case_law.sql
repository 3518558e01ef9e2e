-- The law, beside the clause, on which a case of violation rests: one of those that a document of the register names.
-- Safe while older code runs: it writes cases without one.
ALTER TABLE compliance_case ADD COLUMN law TEXT NOT NULL DEFAULT '';
