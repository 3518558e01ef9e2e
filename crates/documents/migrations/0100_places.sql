-- Documents that belong to a provider lie in the storage bound to it (LY-SVC-20.1a): the portal keeps the row, which says
-- where. An empty place is the portal's own. `housed_at` is when the bytes had left the portal for that place.
-- Safe while older code runs: new columns with defaults; older nodes read what still lies with the portal.
ALTER TABLE document ADD COLUMN place TEXT NOT NULL DEFAULT '';
ALTER TABLE document ADD COLUMN housed_at BIGINT;
-- The sweep walks what is on its way alone.
CREATE INDEX document_on_its_way ON document (id) WHERE place <> '' AND housed_at IS NULL;
