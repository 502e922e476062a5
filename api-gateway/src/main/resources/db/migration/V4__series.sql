-- Runs of the same name and owner are a series; a retry of what failed is no member of it.
ALTER TABLE run ADD COLUMN retry_of uuid;
-- Two runs are compared by what this index holds, without the lines' documents.
DROP INDEX ledger_ranked;
CREATE INDEX ledger_ranked ON ledger (run_id, value DESC, ordinal) INCLUDE (url_id) WHERE state = 'SCORED';
-- Why a URL that one run scored has no score in another one.
CREATE INDEX ledger_unscored ON ledger (run_id, url_id)
    WHERE state IN ('FAILED', 'BLOCKED', 'EXPIRED', 'CANCELLED');
