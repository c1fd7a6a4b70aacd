-- Times are whole milliseconds since 1970-01-01T00:00:00Z, booleans are 0 and 1, lists are JSON.

CREATE TABLE calls (
    no           INTEGER PRIMARY KEY,
    id           TEXT NOT NULL UNIQUE,
    customer_id  TEXT NOT NULL,
    agent_id     TEXT NOT NULL,
    mode         TEXT NOT NULL,
    orig         TEXT NOT NULL,
    dest         TEXT NOT NULL,
    queue        TEXT NOT NULL,
    reason       TEXT NOT NULL,
    crn          TEXT NOT NULL,
    match_code   TEXT NOT NULL,
    minimum      INTEGER NOT NULL,
    requested_at INTEGER NOT NULL,
    dial_before  INTEGER NOT NULL,
    state        TEXT NOT NULL,
    assurance    INTEGER NOT NULL,
    version      INTEGER NOT NULL,  -- also the seq of its last event
    outcome      TEXT,
    code         TEXT,
    contact_id   TEXT,
    dialed_at    INTEGER,
    connected_at INTEGER,
    ended_at     INTEGER,           -- set in every end state, and in no other
    head         BLOB NOT NULL,     -- hash of its last event
    CHECK ((ended_at IS NOT NULL)
        = (state IN ('ended', 'refused', 'declined', 'cancelled', 'abandoned')))
) STRICT;

CREATE UNIQUE INDEX one_live_call_per_customer ON calls (customer_id) WHERE ended_at IS NULL;
CREATE UNIQUE INDEX one_live_call_per_number ON calls (dest) WHERE ended_at IS NULL;
CREATE UNIQUE INDEX one_call_per_contact ON calls (contact_id) WHERE contact_id IS NOT NULL;
CREATE INDEX live_calls_by_age ON calls (requested_at) WHERE ended_at IS NULL;
CREATE INDEX calls_of_customer ON calls (customer_id, requested_at);
CREATE INDEX calls_of_agent ON calls (agent_id, requested_at);
CREATE INDEX customers_in_doubt ON calls (customer_id, ended_at) WHERE outcome = 'unconfirmed';
CREATE INDEX numbers_in_doubt ON calls (dest, ended_at) WHERE outcome = 'unconfirmed';

CREATE TABLE events (
    no        INTEGER PRIMARY KEY,  -- the order of everything that happened
    call      INTEGER NOT NULL,
    seq       INTEGER NOT NULL,
    at        INTEGER NOT NULL,
    kind      TEXT NOT NULL,
    state     TEXT,
    device_id TEXT,
    detail    TEXT,
    hash      BLOB NOT NULL,
    UNIQUE (call, seq)
) STRICT;

CREATE TABLE checkpoints (
    no    INTEGER PRIMARY KEY,
    at    INTEGER NOT NULL,
    event INTEGER NOT NULL,         -- the last event that it covers
    hash  BLOB NOT NULL
) STRICT;

CREATE TABLE announced (
    call      INTEGER NOT NULL,
    device_id TEXT NOT NULL,
    jti       TEXT NOT NULL,
    told_end  INTEGER,              -- when its end notice was settled; until then one is owed
    PRIMARY KEY (call, device_id)
) STRICT, WITHOUT ROWID;
CREATE INDEX end_notices_owed ON announced (call) WHERE told_end IS NULL;

CREATE TABLE receipts (
    no        INTEGER PRIMARY KEY,
    call      INTEGER NOT NULL,
    device_id TEXT NOT NULL,
    jti       TEXT NOT NULL,
    evt       TEXT NOT NULL,
    code      TEXT,
    iat       INTEGER NOT NULL,     -- seconds by the phone's clock: kept, not trusted
    at        INTEGER NOT NULL,
    UNIQUE (call, device_id, jti, evt)
) STRICT;

CREATE TABLE requests (
    agent_id TEXT NOT NULL,
    route    TEXT NOT NULL,
    key      TEXT NOT NULL,
    digest   BLOB NOT NULL,
    call     INTEGER NOT NULL,
    at       INTEGER NOT NULL,
    PRIMARY KEY (agent_id, route, key)
) STRICT;
CREATE INDEX requests_by_age ON requests (at);

CREATE TABLE customers (
    no        INTEGER PRIMARY KEY,
    id        TEXT NOT NULL UNIQUE,
    crm_ids   TEXT NOT NULL,
    name      TEXT NOT NULL,
    phones    TEXT NOT NULL,
    time_zone TEXT NOT NULL,
    language  TEXT NOT NULL
) STRICT;

CREATE TABLE customer_ids (
    any_id   TEXT PRIMARY KEY,      -- ours or the CRM's, folded
    customer INTEGER NOT NULL
) STRICT, WITHOUT ROWID;
CREATE INDEX ids_of_customer ON customer_ids (customer);

-- Words are folded and split before they come here. A beginning of up to eight characters has its own
-- list of customers, so that "smith" costs the same among ten million as among ten thousand.
CREATE VIRTUAL TABLE customer_words USING fts5 (
    words, tokenize = 'ascii', detail = none, columnsize = 0, prefix = '1 2 3 4 5 6 7 8'
);

CREATE TABLE agents (
    no               INTEGER PRIMARY KEY,
    id               TEXT NOT NULL UNIQUE,
    crm_user_id      TEXT NOT NULL,
    subject          TEXT NOT NULL,
    name             TEXT NOT NULL,
    display_name     TEXT NOT NULL,
    employee_id      TEXT NOT NULL,
    photo            TEXT,
    connect_user_arn TEXT NOT NULL
) STRICT;
CREATE UNIQUE INDEX one_agent_per_subject ON agents (subject) WHERE subject <> '';
CREATE UNIQUE INDEX one_agent_per_connect_user ON agents (connect_user_arn) WHERE connect_user_arn <> '';

CREATE TABLE agent_ids (
    any_id TEXT PRIMARY KEY,        -- ours or the CRM's, folded
    agent  INTEGER NOT NULL
) STRICT, WITHOUT ROWID;
CREATE INDEX ids_of_agent ON agent_ids (agent);

CREATE TABLE numbers (
    no           INTEGER PRIMARY KEY,
    phone        TEXT NOT NULL UNIQUE,
    display_name TEXT NOT NULL,
    inbound_only INTEGER NOT NULL
) STRICT;

CREATE TABLE reasons (
    no      INTEGER PRIMARY KEY,
    code    TEXT NOT NULL UNIQUE,
    texts   TEXT NOT NULL,
    minimum INTEGER
) STRICT;

CREATE TABLE photos (
    sha256 TEXT PRIMARY KEY,
    image  BLOB NOT NULL
) STRICT;

CREATE TABLE devices (
    no            INTEGER PRIMARY KEY,
    id            TEXT NOT NULL UNIQUE,
    customer_id   TEXT NOT NULL,
    platform      TEXT NOT NULL,
    app_id        TEXT NOT NULL,
    push_service  TEXT NOT NULL,
    push_token    TEXT,
    sealing_key   BLOB NOT NULL,
    receipt_key   BLOB NOT NULL,
    enrolled_at   INTEGER NOT NULL,
    registered_at INTEGER NOT NULL,
    push_kind     TEXT NOT NULL,
    sandbox       INTEGER NOT NULL,
    notifications INTEGER NOT NULL,
    app_version   TEXT NOT NULL,
    last_seen_at  INTEGER
) STRICT;
CREATE INDEX devices_of_customer ON devices (customer_id, enrolled_at);
CREATE UNIQUE INDEX one_device_per_token ON devices (push_token, push_service) WHERE push_token IS NOT NULL;

CREATE TABLE challenges (
    challenge   TEXT PRIMARY KEY,
    customer_id TEXT NOT NULL,
    expires_at  INTEGER NOT NULL
) STRICT;
CREATE INDEX challenges_by_expiry ON challenges (expires_at);

CREATE TABLE nonces (
    device_id  TEXT NOT NULL,
    nonce      TEXT NOT NULL,
    expires_at INTEGER NOT NULL,
    PRIMARY KEY (device_id, nonce)
) STRICT;
CREATE INDEX nonces_by_expiry ON nonces (expires_at);

CREATE TABLE reports (
    reference TEXT PRIMARY KEY,
    device_id TEXT NOT NULL,
    what      TEXT NOT NULL,
    jti       TEXT,
    call_id   TEXT,
    iat       INTEGER NOT NULL,
    at        INTEGER NOT NULL
) STRICT;

CREATE TABLE unmatched (
    contact_id TEXT PRIMARY KEY,
    number     TEXT,                -- NULL: it could be anybody's
    at         INTEGER NOT NULL
) STRICT;
CREATE INDEX unmatched_by_number ON unmatched (number, at);

CREATE TABLE posture (
    no      INTEGER PRIMARY KEY CHECK (no = 1),
    covered INTEGER NOT NULL,
    feed_at INTEGER,
    killed  INTEGER NOT NULL
) STRICT;
INSERT INTO posture VALUES (1, 0, NULL, 0);

CREATE TABLE posture_changes (
    no      INTEGER PRIMARY KEY,
    at      INTEGER NOT NULL,
    by      TEXT NOT NULL,
    what    TEXT NOT NULL,
    is_on   INTEGER NOT NULL
) STRICT;

CREATE TABLE api_keys (
    id         TEXT PRIMARY KEY,
    hash       BLOB NOT NULL UNIQUE,
    scopes     TEXT NOT NULL,
    sources    TEXT NOT NULL,
    created_at INTEGER NOT NULL
) STRICT;

CREATE TABLE look_ups (
    no          INTEGER PRIMARY KEY,
    at          INTEGER NOT NULL,
    agent_id    TEXT NOT NULL,
    customer_id TEXT NOT NULL
) STRICT;
