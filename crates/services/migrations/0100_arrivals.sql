-- When responsibility was accepted, apart from the delivery (LY-SVC-14.2), and drafts in which a request is completed whose
-- receipt was not confirmed (LY-SVC-15.3). Safe while older code runs: it writes neither column; without a moment the
-- statement was accepted at the delivery, and a draft without a number begins a new request.
ALTER TABLE request ADD COLUMN declared_at BIGINT;
ALTER TABLE draft ADD COLUMN completes TEXT;
CREATE INDEX draft_completes ON draft (completes);
