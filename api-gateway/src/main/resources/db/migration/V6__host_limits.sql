-- How fast the collector may ask a lane's host, as the lane's last result told it: what its open URLs wait for.
ALTER TABLE lane
    ADD COLUMN delay_millis bigint,
    ADD COLUMN delay_rule   text,
    ADD COLUMN concurrency  integer,
    ADD COLUMN paused_until timestamptz,
    ADD COLUMN pause_cause  text;
