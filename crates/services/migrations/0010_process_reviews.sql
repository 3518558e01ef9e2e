-- Who has attested, and when, that the process of a version contravenes no law of the bodies that carry it out
-- (LY-SVC-11.3). Versions that were published before stay in force without one; new ones do not get there.
-- Safe while older code runs: columns that older code neither reads nor writes.
ALTER TABLE entry ADD COLUMN legal_reviewer UUID;
ALTER TABLE entry ADD COLUMN legal_reviewed_at BIGINT;
