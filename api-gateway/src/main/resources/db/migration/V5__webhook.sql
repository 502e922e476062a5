-- Who is told of a run's end, once. The secret signs what is sent, so a hash of it would not do: it is kept until the
-- event is delivered or given up, and removed then.
CREATE TABLE webhook (
    run_id       uuid PRIMARY KEY REFERENCES run ON DELETE CASCADE,
    url          text NOT NULL,
    secret       text,
    signed       boolean NOT NULL,
    state        text NOT NULL CHECK (state IN ('WAITING', 'SENDING', 'DELIVERED', 'GIVEN_UP', 'REFUSED')),
    event_id     uuid,
    attempts     integer NOT NULL DEFAULT 0,
    attempted_at timestamptz,
    error        text
);
CREATE UNIQUE INDEX outbox_one_event_of_a_run ON outbox (run_id) WHERE kind = 'WEBHOOK';
DROP INDEX outbox_due;
CREATE INDEX outbox_due ON outbox (kind, due_at);
