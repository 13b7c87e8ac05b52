-- Which accounts the runs migrate, as the first of them was told.

CREATE TABLE scope (
    id INTEGER PRIMARY KEY CHECK (id = 1),
    planned_only INTEGER NOT NULL CHECK (planned_only IN (0, 1)),
    checksum INTEGER NOT NULL AS (crc32(id, planned_only)) STORED
        CHECK (checksum = crc32(id, planned_only))
) STRICT;
