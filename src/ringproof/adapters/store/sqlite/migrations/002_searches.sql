-- What was searched for is somebody's name or number, and so is not kept.
CREATE TABLE searches (
    no       INTEGER PRIMARY KEY,
    at       INTEGER NOT NULL,
    agent_id TEXT NOT NULL,
    found    INTEGER NOT NULL
) STRICT;
