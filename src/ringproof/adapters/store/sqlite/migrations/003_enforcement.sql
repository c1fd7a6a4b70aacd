-- Which numbers are some customer's: the gate asks before it lets a manual contact pass.
CREATE TABLE customer_numbers (
    phone    TEXT NOT NULL,
    customer INTEGER NOT NULL,
    PRIMARY KEY (phone, customer)
) STRICT, WITHOUT ROWID;
CREATE INDEX numbers_of_customer ON customer_numbers (customer);
INSERT OR IGNORE INTO customer_numbers
    SELECT each.value, customers.no FROM customers, json_each(customers.phones) AS each;

CREATE TABLE contacts (
    contact_id TEXT PRIMARY KEY,
    method     TEXT NOT NULL,
    standing   TEXT NOT NULL,
    at         INTEGER NOT NULL,
    updated_at INTEGER NOT NULL,
    recorded   INTEGER NOT NULL,    -- 1 once its record has come
    call_id    TEXT
) STRICT, WITHOUT ROWID;
CREATE INDEX contacts_by_time ON contacts (at, standing, recorded);

CREATE TABLE violations (
    contact_id      TEXT PRIMARY KEY,
    code            TEXT NOT NULL,
    at              INTEGER NOT NULL,
    method          TEXT NOT NULL,
    found_by        TEXT NOT NULL,
    done            INTEGER NOT NULL,
    agent_arn       TEXT,
    agent_id        TEXT,
    number          TEXT,
    shown           TEXT,
    queue           TEXT,
    call_id         TEXT,
    acknowledged_by TEXT,
    acknowledged_at INTEGER,
    comment         TEXT
) STRICT, WITHOUT ROWID;
CREATE INDEX violations_by_time ON violations (at, contact_id);
CREATE INDEX violations_of_agent ON violations (agent_id, at, contact_id);
CREATE INDEX violations_by_code ON violations (code, at, contact_id);
CREATE INDEX violations_open ON violations (at, contact_id) WHERE acknowledged_at IS NULL;

CREATE TABLE alerts (
    no         INTEGER PRIMARY KEY,
    channel    TEXT NOT NULL,
    contact_id TEXT NOT NULL,
    due_at     INTEGER,             -- NULL: dead, and a person must look
    tries      INTEGER NOT NULL,
    error      TEXT NOT NULL
) STRICT;
CREATE INDEX alerts_due ON alerts (due_at);

CREATE TABLE inbound (
    contact_id TEXT PRIMARY KEY,
    number     TEXT NOT NULL,
    at         INTEGER NOT NULL
) STRICT, WITHOUT ROWID;
CREATE INDEX inbound_by_number ON inbound (number, at);

CREATE INDEX dialed_calls ON calls (dialed_at) WHERE dialed_at IS NOT NULL;
