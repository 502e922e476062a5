-- A run: one submitted seed list. The counters are changed in the transaction that changes the lines,
-- and the database itself refuses a run whose sum does not hold.
CREATE TABLE run (
    id                  uuid PRIMARY KEY,
    name                text NOT NULL,
    owner               uuid,
    state               text NOT NULL
        CHECK (state IN ('ACCEPTED', 'RUNNING', 'REPORTING', 'COMPLETED', 'CANCELLED', 'EXPIRED')),
    end_state           text CHECK (end_state IN ('COMPLETED', 'CANCELLED', 'EXPIRED')),
    fetch_options       text NOT NULL,
    language            text NOT NULL,
    submitted_at        timestamptz NOT NULL,
    deadline_at         timestamptz NOT NULL,
    started_at          timestamptz,
    closed_at           timestamptz,
    ended_at            timestamptz,
    submitted           integer NOT NULL DEFAULT 0,
    invalid             integer NOT NULL DEFAULT 0 CHECK (invalid >= 0),
    duplicate           integer NOT NULL DEFAULT 0 CHECK (duplicate >= 0),
    pending             integer NOT NULL DEFAULT 0 CHECK (pending >= 0),
    dispatched          integer NOT NULL DEFAULT 0 CHECK (dispatched >= 0),
    scored              integer NOT NULL DEFAULT 0 CHECK (scored >= 0),
    failed              integer NOT NULL DEFAULT 0 CHECK (failed >= 0),
    blocked             integer NOT NULL DEFAULT 0 CHECK (blocked >= 0),
    expired             integer NOT NULL DEFAULT 0 CHECK (expired >= 0),
    cancelled           integer NOT NULL DEFAULT 0 CHECK (cancelled >= 0),
    pace                double precision NOT NULL DEFAULT 0,
    pace_from           timestamptz,
    pace_done           integer NOT NULL DEFAULT 0,
    report_request_id   uuid,
    report_requested_at timestamptz,
    report_attempts     integer NOT NULL DEFAULT 0,
    problem             text,
    CONSTRAINT sum_holds CHECK (submitted = invalid + duplicate + pending + dispatched
        + scored + failed + blocked + expired + cancelled),
    CONSTRAINT closed_has_no_open_line CHECK (state IN ('ACCEPTED', 'RUNNING') OR pending + dispatched = 0),
    CONSTRAINT ended_as_it_was_closed CHECK (state IN ('ACCEPTED', 'RUNNING', 'REPORTING') OR state = end_state)
);
CREATE INDEX run_open ON run (id) WHERE state IN ('ACCEPTED', 'RUNNING', 'REPORTING');
CREATE INDEX run_series ON run (name, id);

-- One row per submitted line: the ledger.
CREATE TABLE ledger (
    run_id           uuid NOT NULL REFERENCES run ON DELETE CASCADE,
    ordinal          integer NOT NULL,
    state            text NOT NULL,
    line             text,
    url              text,
    url_id           text,
    host             text,
    duplicate_of     integer,
    lease            integer NOT NULL DEFAULT 0,
    lease_expires_at timestamptz,
    ended_at         timestamptz,
    kind             text,
    message          text,
    status           integer,
    duration_millis  bigint,
    body_length      integer,
    title            text,
    language         text,
    value            double precision,
    action           text,
    rules_version    text,
    document         bytea,
    document_length  integer,
    PRIMARY KEY (run_id, ordinal),
    CONSTRAINT known_state CHECK (state IN ('INVALID', 'DUPLICATE', 'PENDING', 'DISPATCHED',
        'SCORED', 'FAILED', 'BLOCKED', 'EXPIRED', 'CANCELLED'))
);
CREATE INDEX ledger_pending ON ledger (run_id, host, ordinal) WHERE state = 'PENDING';
CREATE INDEX ledger_leased ON ledger (lease_expires_at) WHERE state = 'DISPATCHED';
CREATE INDEX ledger_ranked ON ledger (run_id, value DESC, ordinal) WHERE state = 'SCORED';
-- A document is a compressed frame already.
ALTER TABLE ledger ALTER COLUMN document SET STORAGE EXTERNAL;

-- The URLs of one run at one host that are still open. The dispatcher serves the lane of the lowest turn first.
CREATE TABLE lane (
    run_id     uuid NOT NULL REFERENCES run ON DELETE CASCADE,
    host       text NOT NULL,
    pending    integer NOT NULL CHECK (pending >= 0),
    dispatched integer NOT NULL DEFAULT 0 CHECK (dispatched >= 0),
    turn       bigint NOT NULL DEFAULT 0,
    -- No pending line stands before it, as far as is known; 0: not known.
    next_ordinal integer NOT NULL DEFAULT 0,
    PRIMARY KEY (run_id, host)
);
CREATE INDEX lane_waiting ON lane (run_id, turn, host) WHERE pending > 0;
CREATE INDEX lane_busy ON lane (host) WHERE dispatched > 0;
CREATE SEQUENCE lane_turn;

CREATE TABLE report (
    run_id      uuid PRIMARY KEY REFERENCES run ON DELETE CASCADE,
    request_id  uuid NOT NULL,
    pdf         bytea,
    pages       integer,
    sha256      text,
    error       text,
    created_at  timestamptz NOT NULL
);
ALTER TABLE report ALTER COLUMN pdf SET STORAGE EXTERNAL;

-- What is to be sent once the transaction that wrote it is committed.
CREATE TABLE outbox (
    id         bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
    kind       text NOT NULL,
    run_id     uuid NOT NULL REFERENCES run ON DELETE CASCADE,
    payload    bytea NOT NULL,
    created_at timestamptz NOT NULL,
    due_at     timestamptz NOT NULL,
    attempts   integer NOT NULL DEFAULT 0,
    error      text
);
CREATE INDEX outbox_due ON outbox (due_at);
