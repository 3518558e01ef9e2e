-- A document that was closed by mistake is opened again by a second person, with a reason (LY-SVC-4.2a).
-- Safe while older code runs: columns that older code neither reads nor writes.
ALTER TABLE document_quarantine ADD COLUMN released_by UUID;
ALTER TABLE document_quarantine ADD COLUMN released_at BIGINT;
ALTER TABLE document_quarantine ADD COLUMN release_reason TEXT;
